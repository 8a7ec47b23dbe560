namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Double exponential moving average, in the unit of its values; both averages start from the same mean.</summary>
public struct Dema(int period) : IIndicator<double, double>
{
    readonly double weight = 2.0 / (period + 1);
    Ema single = new(period);
    double twice = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DEMA", "Double exponential moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "An exponential mean corrected once for its lag.")
        .Whole("period", 14)
        .Output("dema", p => p.Whole(0) - 1)
        .OnValues<Dema, double>(p => new Dema(p.Whole(0)));

    /// <summary>Takes the next value and answers the average.</summary>
    public double Next(in double input)
    {
        var first = single.Next(in input);
        twice = double.IsNaN(twice) ? first : twice + (weight * (first - twice));
        return (2 * first) - twice;
    }
}
