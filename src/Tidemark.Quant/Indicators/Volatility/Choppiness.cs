using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volatility;

/// <summary>Choppiness index, 0 to 100: how much of the way the price went back and forth over <paramref name="period"/> candles.</summary>
public struct Choppiness(int period) : IIndicator<Candle, double>
{
    readonly double scale = 100 / Math.Log(period);
    SlidingSum path = new(period);
    SlidingRange range = new(period);
    double previousClose = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CHOP", "Choppiness index", IndicatorGroup.Volatility, IndicatorPlacement.Pane, "High where the price goes nowhere, low in a trend.")
        .Whole("period", 14, minimum: 2)
        .Output(new IndicatorOutput("chop", p => p.Whole(0)) { IsOccasional = true })
        .OnCandles<Choppiness, double>(p => new Choppiness(p.Whole(0)));

    /// <summary>Takes the next candle and answers the index; undefined where the price has not moved at all.</summary>
    public double Next(in Candle input)
    {
        var before = previousClose;
        previousClose = input.Close;
        if (double.IsNaN(before))
        {
            return double.NaN;
        }

        var high = Math.Max(input.High, before);
        var low = Math.Min(input.Low, before);
        var sum = path.Add(high - low);
        range.Add(high, low);
        var span = range.High - range.Low;
        return path.IsFull && span != 0 ? Math.Log(sum / span) * scale : double.NaN;
    }
}
