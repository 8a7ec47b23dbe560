using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>All in the unit of the values: the difference of the two averages, its own average, the distance of the two, and both averages.</summary>
public readonly record struct MacdValue(double Macd, double Signal, double Histogram, double Fast, double Slow);

/// <summary>Moving average convergence and divergence; each average starts from a simple mean of its own first values.</summary>
public struct Macd(int fastPeriod, int slowPeriod, int signalPeriod) : IIndicator<double, MacdValue>
{
    Ema fast = new(fastPeriod);
    Ema slow = new(slowPeriod);
    Ema signal = new(signalPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("MACD", "Moving average convergence divergence", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "How far a quick mean has left a slow one.")
        .Whole("fastPeriod", 12)
        .Whole("slowPeriod", 26)
        .Whole("signalPeriod", 9)
        .Output("macd", Slowest)
        .Output("signal", p => Slowest(p) + p.Whole(2) - 1)
        .Output("histogram", p => Slowest(p) + p.Whole(2) - 1)
        .Output("fast", p => p.Whole(0) - 1)
        .Output("slow", p => p.Whole(1) - 1)
        .OnValues<Macd, MacdValue>(p => new Macd(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers the lines.</summary>
    public MacdValue Next(in double input)
    {
        var quick = fast.Next(in input);
        var late = slow.Next(in input);
        var macd = quick - late;
        var mean = signal.Next(in macd);
        return new MacdValue(macd, mean, macd - mean, quick, late);
    }

    static int Slowest(IndicatorArguments p) => Math.Max(p.Whole(0), p.Whole(1)) - 1;
}
