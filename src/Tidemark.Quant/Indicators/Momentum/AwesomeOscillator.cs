using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>The difference of the two means in the unit of the values, and in percent of the value.</summary>
public readonly record struct AwesomeOscillatorValue(double Oscillator, double Normalized);

/// <summary>Awesome oscillator: a quick simple mean of the middle prices less a slow one.</summary>
public struct AwesomeOscillator(int fastPeriod, int slowPeriod) : IIndicator<double, AwesomeOscillatorValue>
{
    Sma fast = new(fastPeriod);
    Sma slow = new(slowPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("AO", "Awesome oscillator", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "A quick mean of middle prices less a slow one.")
        .Whole("fastPeriod", 5)
        .Whole("slowPeriod", 34)
        .Output("oscillator", p => Math.Max(p.Whole(0), p.Whole(1)) - 1)
        .Output("normalized", p => Math.Max(p.Whole(0), p.Whole(1)) - 1)
        .OnValues<AwesomeOscillator, AwesomeOscillatorValue>(p => new AwesomeOscillator(p.Whole(0), p.Whole(1)), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers the oscillator.</summary>
    public AwesomeOscillatorValue Next(in double input)
    {
        var oscillator = fast.Next(in input) - slow.Next(in input);
        return new AwesomeOscillatorValue(oscillator, input == 0 ? double.NaN : 100 * oscillator / input);
    }
}
