namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Smoothed moving average, Wilder's way, in the unit of its values; it starts from the mean of the first <paramref name="period"/>.</summary>
public struct Smma(int period) : IIndicator<double, double>
{
    int gathered;
    double value;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SMMA", "Smoothed moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A slow mean: each close moves it by its share of the period.")
        .Whole("period", 20)
        .Output("smma", p => p.Whole(0) - 1)
        .OnValues<Smma, double>(p => new Smma(p.Whole(0)));

    /// <summary>Takes the next value and answers the average; an undefined value is skipped.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(input))
        {
            return double.NaN;
        }

        if (gathered == period)
        {
            // Written as Wilder did, not as a weight: the references show his rounding where two values should be equal.
            return value = ((value * (period - 1)) + input) / period;
        }

        value += input;
        if (++gathered < period)
        {
            return double.NaN;
        }

        return value /= period;
    }
}
