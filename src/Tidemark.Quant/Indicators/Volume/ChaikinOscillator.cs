using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>In units of volume the oscillator, both averages, the line they smooth and its last part; then the part's share of the volume.</summary>
public readonly record struct ChaikinOscillatorValue(double Oscillator, double Fast, double Slow, double Adl, double Flow, double Multiplier);

/// <summary>Chaikin oscillator: a quick exponential mean of the accumulation line less a slow one.</summary>
public struct ChaikinOscillator(int fastPeriod, int slowPeriod) : IIndicator<Candle, ChaikinOscillatorValue>
{
    AccumulationDistribution accumulation;
    Ema fast = new(fastPeriod);
    Ema slow = new(slowPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CHAIKIN", "Chaikin oscillator", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Whether accumulation gathers pace.")
        .Whole("fastPeriod", 3)
        .Whole("slowPeriod", 10)
        .Output("oscillator", p => Math.Max(p.Whole(0), p.Whole(1)) - 1)
        .Output("fast", p => p.Whole(0) - 1)
        .Output("slow", p => p.Whole(1) - 1)
        .Output("adl", _ => 0)
        .Output("flow", _ => 0)
        .Output("multiplier", _ => 0)
        .OnCandles<ChaikinOscillator, ChaikinOscillatorValue>(p => new ChaikinOscillator(p.Whole(0), p.Whole(1)));

    /// <summary>Takes the next candle and answers oscillator and line.</summary>
    public ChaikinOscillatorValue Next(in Candle input)
    {
        var line = accumulation.Next(in input);
        var quick = fast.Next(line.Adl);
        var late = slow.Next(line.Adl);
        return new ChaikinOscillatorValue(quick - late, quick, late, line.Adl, line.Flow, line.Multiplier);
    }
}
