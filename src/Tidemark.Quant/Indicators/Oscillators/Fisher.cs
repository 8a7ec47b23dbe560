using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>The transform, unbounded and mostly -3 to 3, and its value of the candle before.</summary>
public readonly record struct FisherValue(double Fisher, double Trigger);

/// <summary>Ehlers' Fisher transform: the position in the range of <paramref name="period"/> values, stretched so that extremes stand out.</summary>
public struct Fisher(int period) : IIndicator<double, FisherValue>
{
    const double Limit = 0.99;
    const double AtLimit = 0.999;

    SlidingRange range = new(period);
    double position;
    double fisher = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("FISHER", "Fisher transform", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "The position in the last range, stretched so that extremes stand out.")
        .Whole("period", 10)
        .Output("fisher", _ => 0)
        .Output("trigger", _ => 1)
        .OnValues<Fisher, FisherValue>(p => new Fisher(p.Whole(0)), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers the transform.</summary>
    public FisherValue Next(in double input)
    {
        range.Add(input, input);
        var trigger = fisher;
        var span = range.High - range.Low;
        position = span == 0 ? 0 : (0.66 * (((input - range.Low) / span) - 0.5)) + (0.67 * position);
        position = position > Limit ? AtLimit : position;
        position = position < -Limit ? -AtLimit : position;
        var stretched = 0.5 * Math.Log((1 + position) / (1 - position));
        fisher = double.IsNaN(trigger) ? stretched : stretched + (0.5 * trigger);
        return new FisherValue(fisher, trigger);
    }
}
