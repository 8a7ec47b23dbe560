using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>Made-up candles that make many patterns: coarse prices, so that equal highs and exact touches happen, and holes.</summary>
static class Walk
{
    public static CandleSeries Of(int seed, int count, double tick = 0.05)
    {
        var random = new Random(seed);
        var series = new CandleSeries(count);
        var (close, time) = (100.0, 0L);
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close = Math.Max(10, Math.Round(open + (tick * random.Next(-20, 21) * (random.Next(8) == 0 ? 3 : 1)), 2));
            var high = Math.Round(Math.Max(open, close) + (tick * random.Next(6)), 2);
            var low = Math.Round(Math.Min(open, close) - (tick * random.Next(6)), 2);
            series.Append(new Candle(time, open, high, low, close, random.Next(0, 50)));
            time += Timeframe.M15.Milliseconds * (random.Next(200) == 0 ? random.Next(2, 30) : 1);
        }

        return series;
    }

    public static Arbitrary<CandleSeries> Any { get; } =
        (from seed in Gen.Choose(0, int.MaxValue - 1) from count in Gen.Choose(1, 700) select Of(seed, count)).ToArbitrary();
}
