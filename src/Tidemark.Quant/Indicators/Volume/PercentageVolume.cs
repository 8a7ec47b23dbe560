using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>The distance of the two averages in percent of the slow one, its own average, and the distance of the two.</summary>
public readonly record struct PercentageVolumeValue(double Pvo, double Signal, double Histogram);

/// <summary>Percentage volume oscillator: a quick exponential mean of volume against a slow one.</summary>
public struct PercentageVolume(int fastPeriod, int slowPeriod, int signalPeriod) : IIndicator<double, PercentageVolumeValue>
{
    Ema fast = new(fastPeriod);
    Ema slow = new(slowPeriod);
    Ema signal = new(signalPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PVO", "Percentage volume oscillator", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Whether volume grows or dries up, in percent.")
        .Whole("fastPeriod", 12)
        .Whole("slowPeriod", 26)
        .Whole("signalPeriod", 9)
        .Output(new IndicatorOutput("pvo", Slowest) { IsOccasional = true })
        .Output(new IndicatorOutput("signal", p => Slowest(p) + p.Whole(2) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("histogram", p => Slowest(p) + p.Whole(2) - 1) { IsOccasional = true })
        .OnValues<PercentageVolume, PercentageVolumeValue>(
            p => new PercentageVolume(p.Whole(0), p.Whole(1), p.Whole(2)), PriceTransforms.PricePart.Volume);

    /// <summary>Takes the next value and answers the lines; undefined while the slow mean is zero.</summary>
    public PercentageVolumeValue Next(in double input)
    {
        var quick = fast.Next(in input);
        var late = slow.Next(in input);
        var pvo = late == 0 ? double.NaN : 100 * (quick - late) / late;
        var mean = signal.Next(in pvo);
        return new PercentageVolumeValue(pvo, mean, pvo - mean);
    }

    static int Slowest(IndicatorArguments p) => Math.Max(p.Whole(0), p.Whole(1)) - 1;
}
