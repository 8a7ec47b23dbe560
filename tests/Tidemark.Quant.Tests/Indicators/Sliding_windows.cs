using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Trend;
using Tidemark.Quant.Indicators.Volume;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

public sealed class Sliding_windows
{
    [Fact]
    public void Money_flow_stays_exact_when_one_trade_dwarfs_all_others()
    {
        const int Period = 14;
        var random = new Random(1);
        var candles = Enumerable.Range(0, 2_000)
            .Select(i => 50 + random.NextDouble())
            .Select((price, i) => new Candle(i, price, price, price, price, Math.Pow(10, (random.NextDouble() * 14) - 7)))
            .ToArray();
        var flow = new double[candles.Length];

        Batch.Run(new MoneyFlowIndex(Period), candles, flow.AsSpan());

        for (var i = Period; i < candles.Length; i++)
        {
            var (up, down) = (0.0, 0.0);
            for (var j = i - Period + 1; j <= i; j++)
            {
                var money = (candles[j].High + candles[j].Low + candles[j].Close) / 3 * candles[j].Volume;
                up += candles[j].Close > candles[j - 1].Close ? money : 0;
                down += candles[j].Close < candles[j - 1].Close ? money : 0;
            }

            var expected = down == 0 ? 100 : 100 - (100 / (1 + (up / down)));
            Math.Abs(flow[i] - expected).ShouldBeLessThanOrEqualTo(1e-9 * expected, $"candle {i}");
        }
    }

    [Fact]
    public void A_mean_of_zeros_is_zero_whatever_came_before()
    {
        var mean = new Sma(3);
        double[] values = [0.1, 0.2, 0.3, 1e9, 0.7, 0, 0, 0];

        var last = values.Select(value => mean.Next(in value)).ToArray()[^1];

        last.ShouldBe(0);
    }

    [Fact]
    public void Give_what_looking_through_the_last_values_gives()
    {
        var law = Prop.ForAll(RandomMarket.Seeds, Gen.Choose(1, 40).ToArbitrary(), (seed, period) =>
        {
            // Few different values, so that many are equal.
            var random = new Random(seed);
            var values = Enumerable.Range(0, 200).Select(_ => (double)random.Next(1, 12)).ToArray();
            var (channel, age, mean, weighted) = (new Donchian(period), new Aroon(period), new Sma(period), new Vwma(period));
            for (var i = 0; i < values.Length; i++)
            {
                var candle = new Candle(i, values[i], values[i], values[i], values[i], 2);
                var (range, ages) = (channel.Next(in candle), age.Next(in candle));
                var (sma, vwma) = (mean.Next(in values[i]), weighted.Next(in candle));
                if (i < period)
                {
                    continue;
                }

                var before = values[(i - period)..i];
                var last = values[(i - period + 1)..(i + 1)];
                var since = values[(i - period)..(i + 1)];
                (range.Upper, range.Lower).ShouldBe((before.Max(), before.Min()));
                ages.Up.ShouldBe(100.0 * Array.IndexOf(since, since.Max()) / period);
                ages.Down.ShouldBe(100.0 * Array.IndexOf(since, since.Min()) / period);
                (sma, vwma).ShouldBe((last.Sum() / period, last.Sum() / period));
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2_026, 1_121), law);
    }
}
