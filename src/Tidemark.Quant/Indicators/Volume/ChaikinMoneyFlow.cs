using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>Chaikin money flow (-1 to 1), this candle's flow in units of volume, and its share of the volume.</summary>
public readonly record struct ChaikinMoneyFlowValue(double Cmf, double Flow, double Multiplier);

/// <summary>Money flow of <paramref name="period"/> candles as a share of their volume.</summary>
public struct ChaikinMoneyFlow(int period) : IIndicator<Candle, ChaikinMoneyFlowValue>
{
    AccumulationDistribution accumulation;
    SlidingPairSum sums = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CMF", "Chaikin money flow", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Whether volume goes into rises or falls, -1 to 1.")
        .Whole("period", 20)
        .Output(new IndicatorOutput("cmf", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output("flow", _ => 0)
        .Output("multiplier", _ => 0)
        .OnCandles<ChaikinMoneyFlow, ChaikinMoneyFlowValue>(p => new ChaikinMoneyFlow(p.Whole(0)));

    /// <summary>Takes the next candle and answers the flow; undefined without volume.</summary>
    public ChaikinMoneyFlowValue Next(in Candle input)
    {
        var part = accumulation.Next(in input);
        var (flow, volume) = sums.Add(part.Flow, input.Volume);
        return new ChaikinMoneyFlowValue(sums.IsFull && volume != 0 ? flow / volume : double.NaN, part.Flow, part.Multiplier);
    }
}
