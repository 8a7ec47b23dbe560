using System.Text.Json;

namespace Tidemark.Quant.Statistics;

public sealed class Shared_risk_cases
{
    [Fact]
    public void Of_deflated_Sharpe_ratios_are_met()
    {
        foreach (var item in Read("deflated_sharpe.json").GetProperty("cases").EnumerateArray())
        {
            var (ratio, n, skew, kurt) = (Get(item, "sr"), item.GetProperty("n").GetInt32(), Get(item, "skew"), Get(item, "kurt"));
            var (trials, variance) = (item.GetProperty("trials").GetInt32(), Get(item, "var_sr"));

            Near(SharpeSignificance.ExpectedBest(trials, variance), Get(item, "sr0"));
            Near(SharpeSignificance.Deflated(ratio, n, skew, kurt, trials, variance), Get(item, "dsr"));
        }
    }

    [Fact]
    public void Of_trades_are_met()
    {
        var item = Read("trade_stats.json");
        var expected = item.GetProperty("expected");

        var statistics = TradeStatistics.Of(Numbers(item, "pnl"));

        statistics.Trades.ShouldBe(expected.GetProperty("trades").GetInt32());
        statistics.Wins.ShouldBe(expected.GetProperty("wins").GetInt32());
        statistics.Losses.ShouldBe(expected.GetProperty("losses").GetInt32());
        statistics.BreakEven.ShouldBe(expected.GetProperty("breakeven").GetInt32());
        statistics.LongestLosingRun.ShouldBe(expected.GetProperty("max_consecutive_losses").GetInt32());
        Near(statistics.WinRate!.Value.Estimate, Get(expected, "win_rate"));
        Near(statistics.ProfitFactor, Get(expected, "profit_factor"));
        Near(statistics.Expectancy, Get(expected, "expectancy"));
        Near(statistics.AverageWin, Get(expected, "avg_win"));
        Near(statistics.AverageLoss, Get(expected, "avg_loss"));
        Near(statistics.PayoffRatio, Get(expected, "payoff_ratio"));
        Near(statistics.Kelly, Get(expected, "kelly_fraction"));
        Near(statistics.KellyWithoutBreakEven, Get(expected, "kelly_excl_breakeven"));
        Near(statistics.SystemQuality, Get(expected, "sqn"));
    }

    [Fact]
    public void Of_money_weighted_returns_are_met()
    {
        foreach (var item in Read("xirr.json").EnumerateArray())
        {
            CashFlow[] flows = [.. item.GetProperty("flows").EnumerateArray().Select(flow => new CashFlow(flow.GetProperty("day").GetInt32(), Get(flow, "amount")))];

            Near(MoneyWeightedReturn.Of(flows), Get(item, "expected"));
        }
    }

    [Fact]
    public void Of_time_weighted_returns_are_met()
    {
        foreach (var item in Read("twr.json").EnumerateArray())
        {
            Near(TimeWeightedReturn.Of(Numbers(item, "values_end"), Numbers(item, "flows_start")), Get(item, "expected"));
        }
    }

    static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(SharedCases.Path($"cases/risk/{file}"))).RootElement;

    static double Get(JsonElement item, string name) => item.GetProperty(name).GetDouble();

    static double[] Numbers(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    static void Near(double? actual, double expected) => actual!.Value.ShouldBe(expected, Math.Max(1e-9 * Math.Abs(expected), 1e-15));
}
