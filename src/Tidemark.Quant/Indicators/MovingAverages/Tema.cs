namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Triple exponential moving average, in the unit of its values.</summary>
public struct Tema(int period) : IIndicator<double, double>
{
    TripleEma averages = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("TEMA", "Triple exponential moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "An exponential mean corrected twice for its lag.")
        .Whole("period", 20)
        .Output("tema", p => p.Whole(0) - 1)
        .OnValues<Tema, double>(p => new Tema(p.Whole(0)));

    /// <summary>Takes the next value and answers the average.</summary>
    public double Next(in double input)
    {
        averages.Add(input);
        return (3 * averages.First) - (3 * averages.Second) + averages.Third;
    }
}
