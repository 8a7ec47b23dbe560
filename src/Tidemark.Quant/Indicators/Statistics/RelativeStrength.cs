using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>The ratio of the two prices, and by how much one outran the other over the period, as a fraction.</summary>
public readonly record struct RelativeStrengthValue(double Ratio, double Lead);

/// <summary>Price relative strength: one price measured in another, and the lead over <paramref name="period"/> candles.</summary>
public struct RelativeStrength(int period) : IIndicator<ValuePair, RelativeStrengthValue>
{
    Delay values = new(period);
    Delay others = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PRS", "Price relative strength", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "One price measured in another.")
        .Whole("period", 20)
        .Output(new IndicatorOutput("ratio", _ => 0) { IsOccasional = true })
        .Output(new IndicatorOutput("lead", p => p.Whole(0)) { IsOccasional = true })
        .OnPairs<RelativeStrength, RelativeStrengthValue>(p => new RelativeStrength(p.Whole(0)));

    /// <summary>Takes the next pair and answers ratio and lead.</summary>
    public RelativeStrengthValue Next(in ValuePair input)
    {
        var before = new ValuePair(values.Push(input.Value), others.Push(input.Against));
        var ratio = input.Against == 0 ? double.NaN : input.Value / input.Against;
        return new RelativeStrengthValue(ratio, Growth(input.Value, before.Value) - Growth(input.Against, before.Against));
    }

    static double Growth(double now, double before) => before == 0 ? double.NaN : (now - before) / before;
}
