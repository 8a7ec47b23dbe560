using System.Text.Json;
using Tidemark.Backtests.Commands;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests;

public sealed class A_case_is_run_from_a_file : IDisposable
{
    const string Header = "timestamp_ms,open,high,low,close,volume\n";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tidemark-case-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void And_answers_in_the_form_of_what_it_expects()
    {
        var answer = Run("""{ "strategy": "hold", "params": {}, "stop_loss_pct": 0.05, "take_profit_pct": 0.1, "timeframe_ms": 60000, "settings": { "initial_cash": 1000, "fee_rate": 0.01, "qty_step": 0.5 } }""", (100, 100, 100, 100), (100, 103, 94, 96), (96, 97, 95, 96), (96, 98, 95.5, 97));

        var trade = answer.GetProperty("trades").EnumerateArray().ShouldHaveSingleItem();
        trade.EnumerateObject().Select(entry => entry.Name).ShouldBe(
            ["entry_bar", "entry_ts", "entry_price", "qty", "entry_fee", "sl", "tp", "exit_bar", "exit_ts", "exit_price", "exit_fee", "reason", "gross_pnl", "pnl", "return"]);
        (trade.GetProperty("entry_bar").GetInt32(), trade.GetProperty("exit_bar").GetInt32(), trade.GetProperty("exit_ts").GetInt64(), trade.GetProperty("reason").GetString()).ShouldBe((1, 1, 60_000, "sl"));
        (trade.GetProperty("qty").GetDouble(), trade.GetProperty("sl").GetDouble(), trade.GetProperty("exit_price").GetDouble(), trade.GetProperty("gross_pnl").GetDouble()).ShouldBe((9.5, 95, 95, -47.5));
        var open = answer.GetProperty("open_position");
        (open.GetProperty("entry_bar").GetInt32(), open.GetProperty("entry_price").GetDouble()).ShouldBe((2, 96));
        var stats = answer.GetProperty("stats");
        stats.EnumerateObject().Select(entry => entry.Name).ShouldBe(
            ["trades", "equity_start", "equity_final", "total_return", "max_drawdown", "max_drawdown_bar", "win_rate", "gross_profit", "gross_loss", "profit_factor", "expectancy", "avg_win", "avg_loss", "total_fees", "daily_returns_count", "sharpe_365", "sortino_365", "volatility_365"]);
        stats.GetProperty("avg_loss").GetDouble().ShouldBe(-66.025, 1e-9);
        stats.GetProperty("profit_factor").GetDouble().ShouldBe(0);
        stats.GetProperty("avg_win").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void And_leaves_out_what_cannot_be_said_without_trades()
    {
        var answer = Run("""{ "strategy": "rsi", "params": { "period": 14, "buy_below": 30, "sell_above": 70 } }""", (1e-9, 2e-9, 1e-9, 1.5e-9), (1.5e-9, 2e-9, 1e-9, 1e-9));

        var stats = answer.GetProperty("stats");
        answer.GetProperty("trades").GetArrayLength().ShouldBe(0);
        answer.GetProperty("open_position").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var name in new[] { "win_rate", "profit_factor", "expectancy", "avg_win", "avg_loss", "max_drawdown_bar", "sharpe_365", "sortino_365", "volatility_365" })
        {
            stats.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null);
        }
        (stats.GetProperty("equity_final").GetDouble(), stats.GetProperty("max_drawdown").GetDouble(), stats.GetProperty("total_fees").GetDouble()).ShouldBe((100_000, 0, 0));
    }

    [Fact]
    public void And_takes_as_many_bars_as_it_says() =>
        Run("""{ "strategy": "hold", "bars": 2 }""", (100, 100, 100, 100), (100, 100, 100, 100), (100, 200, 100, 200))
            .GetProperty("stats").GetProperty("equity_final").GetDouble().ShouldBeLessThan(100_000);

    [Fact]
    public void And_is_refused_with_a_word_where_it_makes_no_sense()
    {
        Should.Throw<CommandException>(() => Run("""{ "strategy": "luck" }""", (1, 1, 1, 1))).Message.ShouldContain("\"luck\" is no strategy");
        Should.Throw<FormatException>(() => Run("""{ "params": {} }""", (1, 1, 1, 1))).Message.ShouldContain("needs a strategy");
        Should.Throw<FormatException>(() => Run("""{ "strategy": "rsi", "stop_loss_pct": "much" }""", (1, 1, 1, 1))).Message.ShouldContain("is no case");
        Should.Throw<FormatException>(() => Run("""{ "strategy": "rsi", "settings": { "direction": "sideways" } }""", (1, 1, 1, 1))).Message.ShouldContain("\"sideways\" is no direction");
        Should.Throw<BacktestException>(() => Run("""{ "strategy": "rsi", "params": { "length": 3 } }""", (1, 1, 1, 1))).Message.ShouldContain("no setting length");
    }

    [Theory]
    [InlineData("Say either --csv with a file or --symbol")]
    [InlineData("--case goes with --csv", "--case", "case.json", "--symbol", "BTC/USDT")]
    [InlineData("--strategy does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--strategy", "rsi")]
    [InlineData("--stop must be above 0", "--csv", "candles.csv", "--stop", "-1")]
    [InlineData("--minutes goes with --csv", "--symbol", "BTC/USDT", "--minutes", "minutes.csv")]
    [InlineData("--account goes with --symbol", "--csv", "candles.csv", "--account", "ann@example.com")]
    [InlineData("Say either --strategy or formulas", "--csv", "candles.csv", "--strategy", "rsi", "--entry", "close > 1")]
    [InlineData("--sizing Kelly needs --size", "--csv", "candles.csv", "--sizing", "Kelly")]
    [InlineData("--windows does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--windows", "3")]
    [InlineData("--from does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--from", "2026-01-01")]
    [InlineData("--to does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--to", "2026-02-01")]
    [InlineData("--minutes does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--minutes", "minutes.csv")]
    [InlineData("--no-minutes does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--no-minutes")]
    [InlineData("--timeframe does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--timeframe", "1d")]
    [InlineData("--funding does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--funding", "funding.csv")]
    [InlineData("--source does not go with --case", "--case", "case.json", "--csv", "candles.csv", "--source", "binance")]
    public void Options_that_do_not_go_together_are_told(string complaint, params string[] arguments) =>
        BacktestCommand.Build(new CommandContext(Program.Everything(), TimeProvider.System)).Parse(arguments).Errors.ShouldContain(error => error.Message.StartsWith(complaint, StringComparison.Ordinal));

    [Fact]
    public void A_curve_is_drawn_from_its_lowest_to_its_highest()
    {
        Sparkline.Of([1, 2, 3, 4, 5, 6, 7, 8], 8).ShouldBe("▁▂▃▄▅▆▇█");
        Sparkline.Of([3, 3, 3], 8).ShouldBe("▁▁▁");
        Sparkline.Of([.. Enumerable.Range(0, 1_000).Select(i => (double)i)], 40).Length.ShouldBe(40);
        Sparkline.Of([], 10).ShouldBe("");
    }

    [Theory]
    [InlineData("timestamp_ms,open,high,low,close,volume\n0,100,100,100,100,\n60000,100,120,100,120,\n")]
    [InlineData("timestamp_ms,open,high,low,close,volume\n0,100,100,100,100\n60000,100,120,100,120\n")]
    [InlineData("timestamp_ms,open,high,low,close\n0,100,100,100,100\n60000,100,120,100,120\n")]
    [InlineData("timestamp_ms,open,high,low,close,volume\n1640991600000.0,100,100,100,100,1\n1640991660000.0,100,120,100,120,1\n")]
    [InlineData("timestamp_ms,open,high,low,close,volume\n0,100,100,100,100,1\n1000,100,119.99,100.01,120,1\n")]
    public void And_reads_what_a_plain_reference_reads(string candles)
    {
        foreach (var length in new[] { "60000", "1000", "90000", "1234.5" })
        {
            var answer = RunOver($$"""{ "strategy": "hold", "timeframe_ms": {{length}}, "settings": { "fee_rate": 0 } }""", candles);

            answer.GetProperty("stats").GetProperty("equity_final").GetDouble().ShouldBe(120_000, 1e-6);
        }
    }

    [Theory]
    [InlineData("0,100,100,100,100,1\n0,100,100,100,100,1\n", 3, "does not come after")]
    [InlineData("60000,100,100,100,100,1\n120000,100,100,100,100,1\n0,100,100,100,100,1\n", 4, "does not come after")]
    [InlineData("0.5,100,100,100,100,1\n", 2, "no time")]
    [InlineData("0,100,100,100,105,1\n", 2, "the close is not between")]
    [InlineData("0,100,100,100\n", 2, "4 fields")]
    public void And_refuses_candles_that_cannot_be(string rows, int line, string complaint)
    {
        var refused = Should.Throw<CandleCsvException>(() => RunOver("""{ "strategy": "hold" }""", Header + rows));

        refused.Message.ShouldContain(complaint);
        refused.Message.ShouldContain($"line {line}", Case.Insensitive);
    }

    JsonElement Run(string item, params (double Open, double High, double Low, double Close)[] bars) =>
        RunOver(item, Header + string.Concat(bars.Select((bar, i) => FormattableString.Invariant($"{i * 60_000},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},1\n"))));

    JsonElement RunOver(string item, string candles)
    {
        var (file, csv) = (Path.Combine(folder.FullName, "case.json"), Path.Combine(folder.FullName, "candles.csv"));
        File.WriteAllText(file, item);
        File.WriteAllText(csv, candles);
        using var answer = JsonDocument.Parse(CaseFile.Answer(CaseFile.Read(file).Run(CaseFile.Candles(csv), TestContext.Current.CancellationToken)));
        return JsonSerializer.SerializeToElement(answer.RootElement);
    }
}
