using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>The oscillator and its average, in units of volume times a hundred.</summary>
public readonly record struct KlingerValue(double Oscillator, double Signal);

/// <summary>Klinger volume oscillator: a quick exponential mean of volume force less a slow one.</summary>
public struct Klinger(int fastPeriod, int slowPeriod, int signalPeriod) : IIndicator<Candle, KlingerValue>
{
    Ema fast = new(fastPeriod);
    Ema slow = new(slowPeriod);
    Ema signal = new(signalPeriod);
    double previousSum = double.NaN;
    double previousRange;
    double cumulative;
    double force;
    int trend;
    int seen;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("KVO", "Klinger volume oscillator", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Whether volume pushes with the trend or against it.")
        .Whole("fastPeriod", 34)
        .Whole("slowPeriod", 55)
        .Whole("signalPeriod", 13)
        .Output("oscillator", p => Math.Max(p.Whole(0), p.Whole(1)) + 1)
        .Output("signal", p => Math.Max(p.Whole(0), p.Whole(1)) + p.Whole(2))
        .OnCandles<Klinger, KlingerValue>(p => new Klinger(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next candle and answers oscillator and signal.</summary>
    public KlingerValue Next(in Candle input)
    {
        var sum = input.High + input.Low + input.Close;
        var range = input.High - input.Low;
        var trendBefore = trend;
        trend = sum > previousSum ? 1 : -1;
        var rangeBefore = previousRange;
        (previousSum, previousRange) = (sum, range);
        if (seen++ < 2)
        {
            return new KlingerValue(double.NaN, double.NaN);
        }

        cumulative = trend == trendBefore ? cumulative + range : rangeBefore + range;
        force = Force(range, input.Volume);
        var oscillator = fast.Next(in force) - slow.Next(in force);
        return new KlingerValue(oscillator, signal.Next(in oscillator));
    }

    readonly double Force(double range, double volume)
    {
        if (range == cumulative || volume == 0)
        {
            return 0;
        }

        if (range == 0)
        {
            return volume * 2 * trend * 100;
        }

        return cumulative == 0 ? force : volume * Math.Abs(2 * ((range / cumulative) - 1)) * trend * 100;
    }
}
