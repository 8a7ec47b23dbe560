using Tidemark.Quant.Indicators.MovingAverages;
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
}
