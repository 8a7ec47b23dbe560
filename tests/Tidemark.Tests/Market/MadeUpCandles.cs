using Tidemark.Quant.Series;

namespace Tidemark.Market;

/// <summary>Minutes of a small made-up market, the same for the same seed.</summary>
static class MadeUpCandles
{
    public static DateTimeOffset Start { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static MarketSource Source { get; } = new("simulator", Provenance.Synthetic);
    public static Symbol Bitcoin { get; } = new("BTC", "USDT");
    public static SeriesKey Minutes { get; } = new(Source, Bitcoin, Timeframe.M1);

    public static CandleSeries Of(int count, DateTimeOffset? from = null, int seed = 7, Timeframe? timeframe = null)
    {
        var random = new Random(seed);
        var length = timeframe ?? Timeframe.M1;
        var time = (from ?? Start).ToUnixTimeMilliseconds();
        var series = new CandleSeries(count);
        var price = 100.0;
        for (var i = 0; i < count; i++, time += length.Milliseconds)
        {
            var close = Math.Round(price * (1 + ((random.NextDouble() - 0.5) * 0.002)), 2);
            series.Append(new Candle(time, price, Math.Max(price, close) + 0.01, Math.Min(price, close) - 0.01, close, Math.Round(random.NextDouble() * 10, 4), length.Minutes));
            price = close;
        }
        return series;
    }

    public static CandleSeries Without(this CandleSeries series, Func<Candle, bool> left)
    {
        var kept = new CandleSeries(series.Count);
        foreach (var candle in series.All().List().Where(candle => !left(candle)))
        {
            kept.Append(candle);
        }
        return kept;
    }

    public static CandleSeries With(this CandleSeries series, int index, Func<Candle, Candle> change)
    {
        var changed = new CandleSeries(series.Count);
        for (var i = 0; i < series.Count; i++)
        {
            changed.Append(i == index ? change(series[i]) : series[i]);
        }
        return changed;
    }

    public static List<Candle> List(this CandleSlice candles) => [.. Enumerable.Range(0, candles.Count).Select(i => candles[i])];
    public static List<Candle> List(this CandleSeries candles) => candles.All().List();
}
