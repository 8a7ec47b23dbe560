namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Exponential moving average, in the unit of its values; it starts from the mean of the first values.</summary>
public struct Ema : IIndicator<double, double>
{
    readonly int period;
    readonly double weight;
    int missing;
    double value;

    /// <summary>An average over a number of candles, each new value weighing 2 / (period + 1).</summary>
    public Ema(int period)
        : this(period, 2.0 / (period + 1))
    {
    }

    /// <summary>An average started from the mean of <paramref name="period"/> values, each later one weighing <paramref name="weight"/> (0 to 1).</summary>
    public Ema(int period, double weight)
    {
        this.period = period;
        this.weight = weight;
        missing = period;
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("EMA", "Exponential moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean in which newer closes weigh more.")
        .Whole("period", 20)
        .Output("ema", p => p.Whole(0) - 1)
        .OnValues<Ema, double>(p => new Ema(p.Whole(0)));

    /// <summary>Takes the next value and answers the average; an undefined value is skipped.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(input))
        {
            return double.NaN;
        }

        return missing == 0 ? value += weight * (input - value) : Gather(input);
    }

    double Gather(double input)
    {
        value += input;
        if (--missing > 0)
        {
            return double.NaN;
        }

        return value /= period;
    }
}
