namespace Tidemark.Quant.Series;

/// <summary>Aggregation of a whole series: the streaming form in a loop.</summary>
public static class Aggregation
{
    /// <summary>The candles of a longer timeframe whose end has come when the last source candle closes.</summary>
    public static CandleSeries To(Timeframe target, CandleSlice candles, Timeframe source)
    {
        var aggregator = new Aggregator(source, target);
        var closed = new CandleSeries(RoomFor(candles.Count, source, target));
        aggregator.Next(candles, closed);
        return closed;
    }

    internal static int RoomFor(int count, Timeframe source, Timeframe target) => (int)((long)count * source.Minutes / target.Minutes) + 2;
}
