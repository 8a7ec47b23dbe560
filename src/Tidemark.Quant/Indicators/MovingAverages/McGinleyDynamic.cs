namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>McGinley's Dynamic, in the unit of its values: an average that steps by the distance to the price, damped by the fourth power of their ratio.</summary>
public struct McGinleyDynamic(int period, double factor) : IIndicator<double, double>
{
    readonly double scale = factor * period;
    double value = double.NaN;
    bool started;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DYNAMIC", "McGinley Dynamic", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean that sets its own speed by the distance to the price.")
        .Whole("period", 14)
        .Number("factor", 0.6, 0.01, 10)
        .Output("dynamic", _ => 1)
        .OnValues<McGinleyDynamic, double>(p => new McGinleyDynamic(p.Whole(0), p[1]));

    /// <summary>Takes the next value and answers the average; the first value only starts it.</summary>
    public double Next(in double input)
    {
        if (!started)
        {
            started = true;
            value = input;
            return double.NaN;
        }

        var ratio = input / value;
        var square = ratio * ratio;
        return value += (input - value) / (scale * square * square);
    }
}
