using Tidemark.Quant.Series;

namespace Tidemark.Bench;

/// <summary>A year of made-up minutes: calm and wild spells, bodies and wicks like a large coin's, prices in cents.</summary>
static class Market
{
    public const int Year = 525_600;

    public static CandleSeries Minutes(int count = Year, int seed = 20261121)
    {
        var random = new Random(seed);
        var series = new CandleSeries(count);
        var (price, calm) = (40_000.0, 1.0);
        for (var i = 0; i < count; i++)
        {
            calm = Math.Clamp(calm * Math.Exp(0.1 * Normal(random)), 0.4, 4);
            var pull = 0.000002 * (40_000 - price) / 40_000;
            var open = price;
            var close = open * Math.Exp(pull + (0.0006 * calm * Normal(random)));
            var high = Math.Max(open, close) * (1 + (0.0003 * calm * Math.Abs(Normal(random))));
            var low = Math.Min(open, close) * (1 - (0.0003 * calm * Math.Abs(Normal(random))));
            series.Append(new Candle(i * 60_000L, Cents(open), Cents(high), Cents(low), Cents(close), Math.Round(calm * 10 * random.NextDouble(), 4)));
            price = Cents(close);
        }

        return series;
    }

    static double Cents(double price) => Math.Round(price, 2);

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
