using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>The running line and this candle's part of it in units of volume, and the part's share of the volume (-1 to 1).</summary>
public readonly record struct AccumulationDistributionValue(double Adl, double Flow, double Multiplier);

/// <summary>Accumulation and distribution line: volume, counted by where in its range the candle closed.</summary>
public struct AccumulationDistribution : IIndicator<Candle, AccumulationDistributionValue>
{
    double line;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ADL", "Accumulation and distribution", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Volume added up by where in its range each candle closed.")
        .Output("adl", _ => 0)
        .Output("flow", _ => 0)
        .Output("multiplier", _ => 0)
        .OnCandles<AccumulationDistribution, AccumulationDistributionValue>(_ => default);

    /// <summary>Takes the next candle and answers the line.</summary>
    public AccumulationDistributionValue Next(in Candle input)
    {
        var range = input.High - input.Low;
        var multiplier = range == 0 ? 0 : ((input.Close - input.Low) - (input.High - input.Close)) / range;
        var flow = multiplier * input.Volume;
        line += flow;
        return new AccumulationDistributionValue(line, flow, multiplier);
    }
}
