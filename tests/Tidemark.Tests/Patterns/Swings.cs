using Tidemark.Quant.Series;

namespace Tidemark.Patterns;

/// <summary>Minutes of a made-up market that moves enough for patterns and signals on every timeframe, the same for the same seed.</summary>
static class Swings
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static CandleSeries Of(int minutes, int seed = 11, DateTimeOffset? from = null)
    {
        var random = new Random(seed);
        var series = new CandleSeries(minutes);
        var time = (from ?? Start).ToUnixTimeMilliseconds();
        var (price, drift, calm) = (40_000.0, 0.0, 1.0);
        for (var i = 0; i < minutes; i++, time += 60_000)
        {
            drift = random.Next(700) == 0 ? (random.NextDouble() - 0.5) * 0.0006 : drift;
            calm = Math.Clamp(calm * Math.Exp(0.15 * (random.NextDouble() - 0.5)), 0.4, 3.5);
            var move = ((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 0.0016 * calm) + drift + ((40_000 - price) / 40_000 * 0.00005);
            var close = Math.Round(price * (1 + move), 2);
            var high = Math.Round(Math.Max(price, close) * (1 + (random.NextDouble() * 0.0003 * calm)), 2);
            var low = Math.Round(Math.Min(price, close) * (1 - (random.NextDouble() * 0.0003 * calm)), 2);
            series.Append(new Candle(time, price, high, low, close, Math.Round(1 + (random.NextDouble() * 9), 3)));
            price = close;
        }
        return series;
    }
}
