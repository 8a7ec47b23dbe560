using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

public sealed class Shared_backtest_cases
{
    const double PriceTolerance = 1e-12;
    const double MoneyTolerance = 1e-9;

    [Theory]
    [InlineData("backtest_macd__agg_ftx_BTCPERP_15m_202201")]
    [InlineData("backtest_macd__skender_BTCUSDT_1d")]
    [InlineData("backtest_rsi__agg_ftx_BTCPERP_15m_202201")]
    [InlineData("backtest_rsi__skender_BTCUSDT_1d")]
    [InlineData("backtest_rsi_sltp__agg_ftx_BTCPERP_15m_202201")]
    [InlineData("backtest_rsi_sltp__skender_BTCUSDT_1d")]
    [InlineData("backtest_sma__agg_ftx_BTCPERP_15m_202201")]
    [InlineData("backtest_sma__skender_BTCUSDT_1d")]
    [InlineData("backtest_sma_sltp__agg_ftx_BTCPERP_15m_202201")]
    [InlineData("backtest_sma_sltp__skender_BTCUSDT_1d")]
    public void Are_met(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedCases.Path($"cases/backtest/{name}.json")));
        var item = file.RootElement;
        var expected = item.GetProperty("expected");

        var result = Run(item);

        MeetTrades(result, expected.GetProperty("trades"));
        MeetOpenPosition(result, expected.GetProperty("open_position"));
        MeetStatistics(result, expected.GetProperty("stats"));
        MeetCurve(result, SharedCases.Path($"cases/backtest/{name}.csv.gz"));
    }

    static BacktestResult Run(JsonElement item)
    {
        using var text = new StreamReader(SharedCases.Path($"data/{item.GetProperty("data").GetString()}"));
        var candles = CandleCsv.Read(text);
        var given = item.GetProperty("settings");
        var fee = Number(given, "fee_rate");
        var settings = new BacktestSettings
        {
            InitialCash = Number(given, "initial_cash"),
            Fees = new Fees(fee, fee),
            Market = new MarketRules(Number(given, "qty_step")),
            StopFraction = Optional(item, "stop_loss_pct"),
            TargetFraction = Optional(item, "take_profit_pct"),
            StopPrecedence = StopPrecedence.Always,
        };
        var parameters = item.GetProperty("params").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble());
        var timeframe = Timeframe.OfMinutes((int)(Number(item, "timeframe_ms") / 60_000));
        return Backtester.Run(StrategyRegistry.Find(item.GetProperty("strategy").GetString()!)!, parameters, new BacktestInput(candles.All(), timeframe), settings, TestContext.Current.CancellationToken);
    }

    static void MeetTrades(BacktestResult result, JsonElement expected)
    {
        result.Trades.Count.ShouldBe(expected.GetArrayLength());
        foreach (var (trade, item) in result.Trades.Zip(expected.EnumerateArray()))
        {
            trade.EntryBar.ShouldBe(item.GetProperty("entry_bar").GetInt32());
            trade.EntryTime.ShouldBe(item.GetProperty("entry_ts").GetInt64());
            trade.ExitBar.ShouldBe(item.GetProperty("exit_bar").GetInt32());
            trade.ExitTime.ShouldBe(item.GetProperty("exit_ts").GetInt64());
            Near(trade.EntryPrice, Number(item, "entry_price"), PriceTolerance);
            Near(trade.ExitPrice, Number(item, "exit_price"), PriceTolerance);
            Near(trade.Stop, Optional(item, "sl"), PriceTolerance);
            Near(trade.Target, Optional(item, "tp"), PriceTolerance);
            Near(trade.Quantity, Number(item, "qty"), MoneyTolerance);
            Near(trade.EntryFee, Number(item, "entry_fee"), MoneyTolerance);
            Near(trade.ExitFee, Number(item, "exit_fee"), MoneyTolerance);
            Near(trade.GrossResult, Number(item, "gross_pnl"), MoneyTolerance);
            Near(trade.Result, Number(item, "pnl"), MoneyTolerance);
            Near(trade.Return, Number(item, "return"), MoneyTolerance);
            var reason = item.GetProperty("reason").GetString();
            trade.Reason.ShouldBe(reason == "sl" ? ExitReason.Stop : reason == "tp" ? ExitReason.Target : ExitReason.Signal);
        }
    }

    static void MeetOpenPosition(BacktestResult result, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            result.OpenPositions.ShouldBeEmpty();
            return;
        }

        var open = result.OpenPositions.ShouldHaveSingleItem();
        open.EntryBar.ShouldBe(expected.GetProperty("entry_bar").GetInt32());
        open.EntryTime.ShouldBe(expected.GetProperty("entry_ts").GetInt64());
        Near(open.EntryPrice, Number(expected, "entry_price"), PriceTolerance);
        Near(open.Quantity, Number(expected, "qty"), MoneyTolerance);
        Near(open.EntryFee, Number(expected, "entry_fee"), MoneyTolerance);
        Near(open.Stop, Optional(expected, "sl"), PriceTolerance);
        Near(open.Target, Optional(expected, "tp"), PriceTolerance);
        Near(open.UnrealisedResult, Number(expected, "unrealized_pnl_excl_exit_fee"), MoneyTolerance);
    }

    static void MeetStatistics(BacktestResult result, JsonElement expected)
    {
        var statistics = result.Statistics;
        statistics.Trades.Trades.ShouldBe(expected.GetProperty("trades").GetInt32());
        Near(statistics.StartEquity, Number(expected, "equity_start"), MoneyTolerance);
        Near(statistics.FinalEquity, Number(expected, "equity_final"), MoneyTolerance);
        Near(statistics.TotalReturn, Number(expected, "total_return"), MoneyTolerance);
        Near(-statistics.MaxDrawdown, Number(expected, "max_drawdown"), MoneyTolerance);
        statistics.MaxDrawdownBar.ShouldBe(expected.GetProperty("max_drawdown_bar").GetInt32());
        Near(statistics.Trades.WinRate?.Estimate, Optional(expected, "win_rate"), MoneyTolerance);
        Near(statistics.GrossProfit, Number(expected, "gross_profit"), MoneyTolerance);
        Near(statistics.GrossLoss, Number(expected, "gross_loss"), MoneyTolerance);
        Near(statistics.Trades.ProfitFactor, Optional(expected, "profit_factor"), MoneyTolerance);
        Near(statistics.Trades.Expectancy, Optional(expected, "expectancy"), MoneyTolerance);
        Near(statistics.Trades.AverageWin, Optional(expected, "avg_win"), MoneyTolerance);
        Near(-statistics.Trades.AverageLoss, Optional(expected, "avg_loss"), MoneyTolerance);
        Near(statistics.FeesOfTrades, Number(expected, "total_fees"), MoneyTolerance);
        result.DailyReturns.Count.ShouldBe(expected.GetProperty("daily_returns_count").GetInt32());
        Near(statistics.Returns.Sharpe, Optional(expected, "sharpe_365"), MoneyTolerance);
        Near(statistics.Returns.Sortino, Optional(expected, "sortino_365"), MoneyTolerance);
        Near(statistics.Returns.Volatility, Optional(expected, "volatility_365"), MoneyTolerance);
    }

    static void MeetCurve(BacktestResult result, string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        text.ReadLine();
        for (var i = 0; i < result.Equity.Count; i++)
        {
            var row = text.ReadLine()!.Split(',');
            result.Times[i].ShouldBe(long.Parse(row[0], CultureInfo.InvariantCulture));
            Near(result.Equity[i], double.Parse(row[1], CultureInfo.InvariantCulture), MoneyTolerance);
        }

        text.ReadLine().ShouldBeNull();
    }

    static void Near(double? value, double? expected, double tolerance)
    {
        value.HasValue.ShouldBe(expected.HasValue);
        if (expected is { } number)
        {
            Math.Abs(value!.Value - number).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(Math.Abs(number), double.Epsilon), $"{value:R} instead of {number:R}");
        }
    }

    static double Number(JsonElement item, string name) => item.GetProperty(name).GetDouble();

    static double? Optional(JsonElement item, string name) => item.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
