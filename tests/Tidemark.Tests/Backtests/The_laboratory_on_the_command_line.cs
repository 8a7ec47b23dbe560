using System.Text.Json;
using Tidemark.Backtests.Commands;
using Tidemark.Backtests.Trials;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class The_laboratory_on_the_command_line : IAsyncDisposable
{
    const int Bars = 2_400;

    readonly DataFolder folder = new();

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task A_run_is_judged_and_counted_and_what_it_did_out_of_sample_comes_first()
    {
        var first = await Json("backtest", "--param", "period=5", "--trials", In("trials.json"));
        var again = await Json("backtest", "--param", "period=5", "--trials", In("trials.json"));
        var other = await Json("backtest", "--param", "period=6", "--trials", In("trials.json"));
        var search = await Json("optimise", "--vary", "period=5:20:5", "--trials", In("trials.json"));
        var page = await Run(["backtest", "--csv", Candles(), "--param", "period=5", "--trials", In("trials.json")]);

        first.EnumerateObject().First().Name.ShouldBe("outOfSample");
        first.GetProperty("honesty").GetProperty("outOfSample").GetProperty("costs").GetArrayLength().ShouldBe(4);
        first.GetProperty("honesty").GetProperty("checks").GetArrayLength().ShouldBe(2);
        new[] { first, again, other }.Select(one => one.GetProperty("honesty").GetProperty("trials").GetInt64()).ShouldBe([1, 1, 2]);
        (search.GetProperty("trials").GetInt64(), search.GetProperty("deflatedBy").GetInt64()).ShouldBe((4, 6));
        var lines = page.Split('\n');
        lines[2].ShouldStartWith("Out of sample: return");
        page.ShouldContain("Deflated by 6 tries");
        page.IndexOf("In sample:", StringComparison.Ordinal).ShouldBeGreaterThan(page.IndexOf("Look-ahead:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_is_neither_judged_nor_counted()
    {
        await File.WriteAllTextAsync(In("case.json"), """{ "strategy": "rsi" }""", TestContext.Current.CancellationToken);

        var answer = JsonElement.Parse(await Run(["backtest", "--csv", Candles(), "--case", In("case.json"), "--json"]));

        answer.EnumerateObject().Select(entry => entry.Name).ShouldBe(["stats", "trades", "open_position"]);
    }

    [Fact]
    public async Task A_strategy_can_be_written_as_formulas_with_costs_and_limits_of_ones_own()
    {
        var answer = await Json(
            "backtest", "--entry", "RSI(period) < 45", "--exit", "RSI(period) > 55", "--setting", "period=9:2:50", "--param", "period=5", "--maker-fee", "0", "--taker-fee", "0.0005",
            "--sizing", "FixedValue", "--size", "2500", "--cool-down", "2", "--stop-guard", "3:48:24", "--close-at-end", "--windows", "3", "--trials", In("trials.json"), "--out-of-sample", In("outside.csv"));

        answer.GetProperty("strategy").GetString().ShouldBe("formulas");
        answer.GetProperty("parameters").GetProperty("period").GetDouble().ShouldBe(5);
        answer.GetProperty("openPositions").GetArrayLength().ShouldBe(0);
        answer.GetProperty("trades").EnumerateArray().ShouldAllBe(trade => Math.Abs(trade.GetProperty("entryFee").GetDouble() - 1.25) < 1e-6);
        answer.GetProperty("outOfSample").GetProperty("windows").GetArrayLength().ShouldBe(3);
        (await File.ReadAllLinesAsync(In("outside.csv"), TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThan(Bars / 2);
    }

    [Fact]
    public async Task A_count_in_a_file_only_grows_and_takes_the_same_but_once()
    {
        var stop = TestContext.Current.CancellationToken;
        var trials = new TrialFile(Path.Combine(folder.Path, "deep", "trials.json"));
        var tried = new Tried(1, 0, TrialTally.None.With(0.1));

        await trials.Count("one", tried, stop);
        await trials.Count("one", tried, stop);
        await trials.Count("other", new Tried(0, 2, TrialTally.None.With(0.3).With(null)), stop);

        (await trials.Read("one", stop)).IsCounted.ShouldBeTrue();
        var (tally, isCounted) = await trials.Read("third", stop);
        isCounted.ShouldBeFalse();
        (tally.Trials, tally.Measured).ShouldBe((3, 2));
        tally.MeanRatio.ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public async Task A_file_that_holds_no_count_is_left_alone()
    {
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(In("notes.json"), """{ "mine": true }""", stop);

        (await Should.ThrowAsync<FormatException>(() => new TrialFile(In("notes.json")).Count("one", new Tried(1, 0, TrialTally.None.With(0.1)), stop))).Message.ShouldContain("is no count of trials");
        (await File.ReadAllTextAsync(In("notes.json"), stop)).ShouldBe("""{ "mine": true }""");
    }

    [Fact]
    public void Funding_is_read_from_a_file()
    {
        File.WriteAllText(In("funding.csv"), "time_ms,rate\n0,0.0001\n28800000,-0.0002\n");
        File.WriteAllText(In("backwards.csv"), "time_ms,rate\n28800000,0.0001\n0,-0.0002\n");

        FundingFile.Read(In("funding.csv")).Select(point => (point.Time, point.Rate)).ShouldBe([(0, 0.0001), (28_800_000, -0.0002)]);
        Should.Throw<FormatException>(() => FundingFile.Read(In("backwards.csv"))).Message.ShouldContain("line 3");
    }

    string In(string name) => Path.Combine(folder.Path, name);

    string Candles()
    {
        var path = In("candles.csv");
        if (!File.Exists(path))
        {
            var random = new Random(8);
            var price = 100.0;
            File.WriteAllLines(path, Enumerable.Range(0, Bars).Select(i =>
            {
                var (open, close) = (price, price * (1 + (0.02 * (random.NextDouble() - 0.5))));
                price = close;
                return FormattableString.Invariant($"{i * 3_600_000L},{open:R},{Math.Max(open, close) * 1.002:R},{Math.Min(open, close) * 0.998:R},{close:R},10");
            }).Prepend("timestamp_ms,open,high,low,close,volume"));
        }
        return path;
    }

    async Task<JsonElement> Json(string verb, params string[] arguments) => JsonElement.Parse(await Run([verb, "--csv", Candles(), .. arguments, "--json"]));

    async Task<string> Run(string[] arguments)
    {
        await using var program = TidemarkProcess.Start(folder.Path, arguments);
        var code = await program.End();
        code.ShouldBe(0, program.Output);
        return program.Output;
    }
}
