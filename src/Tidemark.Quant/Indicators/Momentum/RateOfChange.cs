using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>The change in percent, and in the unit of the values.</summary>
public readonly record struct RateOfChangeValue(double Roc, double Momentum);

/// <summary>Rate of change over <paramref name="period"/> candles.</summary>
public struct RateOfChange(int period) : IIndicator<double, RateOfChangeValue>
{
    Delay before = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ROC", "Rate of change", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "The change since some candles ago, in percent.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("roc", p => p.Whole(0)) { IsOccasional = true })
        .Output("momentum", p => p.Whole(0))
        .OnValues<RateOfChange, RateOfChangeValue>(p => new RateOfChange(p.Whole(0)));

    /// <summary>Takes the next value and answers the change.</summary>
    public RateOfChangeValue Next(in double input)
    {
        var then = before.Push(input);
        var momentum = input - then;
        return new RateOfChangeValue(then == 0 ? double.NaN : 100 * momentum / then, momentum);
    }
}
