using Tidemark.Quant.Backtesting;

namespace Tidemark.Quant.Strategies;

/// <summary>Prices that step by a tick have means that are equal again and again: what was before the window must not decide which is above.</summary>
public sealed class Equal_means_have_not_crossed
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(5, 20)]
    [InlineData(12, 16)]
    public void The_window_alone_decides(int fast, int slow)
    {
        var random = new Random(20261121);
        var price = 1_301;
        var bars = new (double Open, double High, double Low, double Close)[2_000];
        for (var i = 0; i < bars.Length; i++)
        {
            var (open, close) = (price, price += random.Next(-1, 2));
            bars[i] = (open / 100.0, Math.Max(open, close) / 100.0, Math.Min(open, close) / 100.0, close / 100.0);
        }

        var candles = Markets.Hours(bars);
        var result = Backtester.Run(
            StrategyRegistry.Find("sma")!, new Dictionary<string, double> { ["fast"] = fast, ["slow"] = slow },
            new BacktestInput(candles.All(), Series.Timeframe.H1), new BacktestSettings(), TestContext.Current.CancellationToken);

        result.Trades.Select(trade => trade.EntryBar).ShouldBe(Entries(candles.Closes, fast, slow).Take(result.Trades.Count));
        result.Trades.Count.ShouldBeGreaterThan(40);
    }

    /// <summary>The bars after those at which the quick mean has crossed above the slow one while nothing was held; it is held until the quick one has crossed below.</summary>
    static List<int> Entries(ReadOnlySpan<double> closes, int fast, int slow)
    {
        var entries = new List<int>();
        var isHeld = false;
        for (var i = slow; i < closes.Length - 1; i++)
        {
            var (before, now) = (Mean(closes, i - 1, fast).CompareTo(Mean(closes, i - 1, slow)), Mean(closes, i, fast).CompareTo(Mean(closes, i, slow)));
            if (!isHeld && now > 0 && before <= 0)
            {
                entries.Add(i + 1);
                isHeld = true;
            }
            else if (now < 0 && before >= 0)
            {
                isHeld = false;
            }
        }

        return entries;
    }

    static double Mean(ReadOnlySpan<double> closes, int end, int period)
    {
        var sum = 0.0;
        for (var i = end - period + 1; i <= end; i++)
        {
            sum += closes[i];
        }

        return sum / period;
    }
}
