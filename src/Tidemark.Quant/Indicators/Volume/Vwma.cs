using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>Volume-weighted moving average of <paramref name="period"/> closes, in the price unit; undefined without volume.</summary>
public struct Vwma(int period) : IIndicator<Candle, double>
{
    SlidingPairSum sums = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("VWMA", "Volume-weighted moving average", IndicatorGroup.Volume, IndicatorPlacement.Overlay, "A mean in which busy candles weigh more.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("vwma", p => p.Whole(0) - 1) { IsOccasional = true })
        .OnCandles<Vwma, double>(p => new Vwma(p.Whole(0)));

    /// <summary>Takes the next candle and answers the average.</summary>
    public double Next(in Candle input)
    {
        var (paid, volume) = sums.Add(input.Close * input.Volume, input.Volume);
        return sums.IsFull && volume != 0 ? paid / volume : double.NaN;
    }
}
