using Tidemark.Quant.Indicators.Momentum;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Schaff trend cycle, 0 to 100: where the distance of two exponential means stands within its own range of <paramref name="cyclePeriod"/> candles.</summary>
public struct SchaffTrendCycle(int cyclePeriod, int fastPeriod, int slowPeriod) : IIndicator<double, double>
{
    const int SmoothPeriod = 3;

    Macd macd = new(fastPeriod, slowPeriod, 1);
    Stochastic stochastic = new(cyclePeriod, 1, SmoothPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("STC", "Schaff trend cycle", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Where the MACD stands within its own last range, 0 to 100.")
        .Whole("cyclePeriod", 10)
        .Whole("fastPeriod", 23)
        .Whole("slowPeriod", 50)
        .Output("stc", p => Math.Max(p.Whole(1), p.Whole(2)) + p.Whole(0) + SmoothPeriod - 3)
        .OnValues<SchaffTrendCycle, double>(p => new SchaffTrendCycle(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers the position.</summary>
    public double Next(in double input)
    {
        var distance = macd.Next(in input).Macd;
        return double.IsNaN(distance) ? double.NaN : stochastic.Next(distance, distance, distance).K;
    }
}
