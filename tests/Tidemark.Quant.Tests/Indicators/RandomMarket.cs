using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

/// <summary>Hourly candles of a random walk with quiet stretches, the same for the same seed.</summary>
static class RandomMarket
{
    const long Hour = 3_600_000;

    public static Arbitrary<int> Seeds => Gen.Choose(0, 1_000_000).ToArbitrary();

    public static Candle[] Of(int seed, int count)
    {
        var random = new Random(seed);
        var candles = new Candle[count];
        var price = 100.0;
        for (var i = 0; i < count; i++)
        {
            var quiet = random.Next(20) == 0;
            var open = price;
            price = quiet ? price : Math.Round(price * Math.Exp((random.NextDouble() - 0.5) * 0.04), 2);
            var reach = quiet ? 0 : Math.Round(random.NextDouble(), 2);
            candles[i] = new Candle(i * Hour, open, Math.Max(open, price) + reach, Math.Min(open, price) - reach, price, quiet ? 0 : random.Next(1, 1_000));
        }

        return candles;
    }
}
