namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Hull moving average, in the unit of its values: twice the weighted mean of half the period less that of the whole, smoothed again.</summary>
public struct Hma(int period) : IIndicator<double, double>
{
    Wma whole = new(period);
    Wma half = new(period / 2);
    Wma smooth = new((int)Math.Sqrt(period));

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("HMA", "Hull moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean with little lag.")
        .Whole("period", 14, minimum: 2)
        .Output("hma", p => p.Whole(0) + (int)Math.Sqrt(p.Whole(0)) - 2)
        .Works(2)
        .OnValues<Hma, double>(p => new Hma(p.Whole(0)));

    /// <summary>Takes the next value and answers the average.</summary>
    public double Next(in double input)
    {
        var quick = half.Next(in input);
        return smooth.Next((2 * quick) - whole.Next(in input));
    }
}
