using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Kaufman's average, in the unit of the values, and the efficiency ratio (0 to 1).</summary>
public readonly record struct KamaValue(double Kama, double EfficiencyRatio);

/// <summary>Kaufman's adaptive moving average: quick where the price goes straight, slow where it wanders.</summary>
public struct Kama(int efficiencyPeriod, int fastPeriod, int slowPeriod) : IIndicator<double, KamaValue>
{
    readonly int period = efficiencyPeriod;
    readonly double fast = 2.0 / (fastPeriod + 1);
    readonly double slow = 2.0 / (slowPeriod + 1);
    SlidingSum steps = new(efficiencyPeriod);
    Delay past = new(efficiencyPeriod);
    int seen;
    double previous;
    double kama;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("KAMA", "Kaufman adaptive moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean that quickens in a trend and slows in noise.")
        .Whole("efficiencyPeriod", 10, minimum: 2)
        .Whole("fastPeriod", 2)
        .Whole("slowPeriod", 30)
        .Output("kama", p => p.Whole(0) - 1)
        .Output("er", p => p.Whole(0))
        .OnValues<Kama, KamaValue>(p => new Kama(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers the ratio and the average.</summary>
    public KamaValue Next(in double input)
    {
        var earlier = past.Push(input);

        // The first step comes from nowhere; it has left the window before the path counts.
        var path = steps.Add(Math.Abs(input - previous));
        previous = input;
        if (double.IsNaN(earlier))
        {
            kama = input;
            return new KamaValue(++seen == period ? kama : double.NaN, double.NaN);
        }

        if (path == 0)
        {
            kama = input;
            return new KamaValue(kama, 0);
        }

        var ratio = Math.Abs(input - earlier) / path;
        var weight = (ratio * (fast - slow)) + slow;
        kama += weight * weight * (input - kama);
        return new KamaValue(kama, ratio);
    }
}
