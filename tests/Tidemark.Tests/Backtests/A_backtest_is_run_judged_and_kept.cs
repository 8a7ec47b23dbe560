using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Backtests.Running;
using Tidemark.Platform.Api;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests;

public sealed class A_backtest_is_run_judged_and_kept(LabServer server) : IClassFixture<LabServer>
{
    static readonly object Documented = new { strategyName = "RSI Mean Reversion", symbol = "BTC-USD", period = "90d", parameters = new { rsiPeriod = 14, buyThreshold = 30, sellThreshold = 70 }, initialCapital = 10_000 };

    [Fact]
    public async Task The_documents_request_gets_the_documents_answer_at_both_addresses()
    {
        var candles = await server.Swing(Timeframe.H1, 5_000);
        using var who = await server.Trader();

        var answer = await who.Post("backtest/strategy", Documented);

        answer.Status.ShouldBe(200, answer.Body.ToString());
        var data = answer.Data;
        data.GetProperty("backtestId").GetString()!.ShouldMatch($"^BT-{server.Clock.GetUtcNow():yyyyMMdd}-001$");
        data.GetProperty("strategyName").GetString().ShouldBe("RSI Mean Reversion");
        var (from, until) = (data.GetProperty("from").GetDateTimeOffset(), data.GetProperty("until").GetDateTimeOffset());
        (until - from).TotalDays.ShouldBe(90, 0.1);
        var expected = Backtester.Run(StrategyRegistry.Find("rsi")!, null, new BacktestInput(Timeframe.H1, new BacktestSymbol("BTC/USDT", candles.All())) { TradeFrom = from.ToUnixTimeMilliseconds() }, new BacktestSettings { Market = new MarketRules(1e-8) });
        var results = data.GetProperty("results");
        results.GetProperty("totalTrades").GetInt32().ShouldBe(expected.Trades.Count);
        expected.Trades.Count.ShouldBeGreaterThan(5);
        results.GetProperty("totalReturn").GetDouble().ShouldBe(expected.Statistics.TotalReturn, 1e-9);
        results.GetProperty("sharpeRatio").GetDouble().ShouldBe(expected.Statistics.Returns.Sharpe!.Value, 1e-9);
        results.GetProperty("maxDrawdown").GetDouble().ShouldBe(-expected.Statistics.MaxDrawdown, 1e-9);
        results.GetProperty("maxDrawdownRatio").GetDouble().ShouldBe(expected.Statistics.MaxDrawdown, 1e-9);
        results.GetProperty("winRate").GetDouble().ShouldBe(expected.Statistics.Trades.WinRate!.Value.Estimate, 1e-9);
        data.GetProperty("completedAt").ValueKind.ShouldBe(JsonValueKind.String);
        data.GetProperty("provenance").GetString().ShouldBe("synthetic");
        data.GetProperty("data")[0].GetProperty("text").GetString().ShouldBe("Data covers 2,160 of 2,160 candles.");
        data.GetProperty("warnings").EnumerateArray().ShouldContain(one => one.GetString()!.Contains("simulator", StringComparison.Ordinal));
        data.GetProperty("assumptions")[0].GetString()!.ShouldContain("no funding");
        data.GetProperty("honesty").GetProperty("verdict").GetString().ShouldBeOneOf("none", "weak", "strong");
        data.GetProperty("honesty").GetProperty("inSample").GetProperty("costs").GetArrayLength().ShouldBe(4);
        data.GetProperty("honesty").GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "lookAhead").GetProperty("passed").GetBoolean().ShouldBeTrue();
        data.GetProperty("walkForward").GetProperty("windows").GetArrayLength().ShouldBe(6);
        data.GetProperty("trial").GetProperty("isNew").GetBoolean().ShouldBeTrue();

        var again = (await who.Post("backtest/run", Documented)).Data;
        again.GetProperty("backtestId").GetString()!.ShouldEndWith("-002");
        again.GetProperty("fingerprint").GetString().ShouldBe(data.GetProperty("fingerprint").GetString());
        again.GetProperty("results").ToString().ShouldBe(results.ToString());
        again.GetProperty("trial").GetProperty("isNew").GetBoolean().ShouldBeFalse();

        var id = data.GetProperty("backtestId").GetString()!;
        var trades = (await who.Get($"backtest/runs/{id}/trades?limit=3")).Data;
        trades.GetArrayLength().ShouldBe(3);
        trades[0].GetProperty("profit").GetDouble().ShouldBe(expected.Trades[0].Result, 1e-9);
        trades[0].GetProperty("reason").GetString().ShouldBe("signal");
        var equity = (await who.Get($"backtest/runs/{id}/equity?points=100")).Data;
        equity.GetProperty("bars").GetInt32().ShouldBe(2_160);
        equity.GetProperty("shown").GetInt32().ShouldBeLessThanOrEqualTo(101);
        equity.GetProperty("points").EnumerateArray().Max(point => point[1].GetDouble()).ShouldBe(expected.Equity.Max(), 1e-6, "the peak is kept");
        equity.GetProperty("points").EnumerateArray().Min(point => point[1].GetDouble()).ShouldBe(expected.Equity.Min(), 1e-6, "the trough is kept");
        using var picture = await File(who, data.GetProperty("equityCurveUrl").GetString()!);
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        (await picture.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Buy and hold");
        using var book = await File(who, $"/api/v1/backtest/runs/{id}/export?what=all&format=xlsx");
        using var zip = new ZipArchive(await book.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        zip.GetEntry("xl/worksheets/sheet3.xml").ShouldNotBeNull();
        using var csv = await File(who, $"/api/v1/backtest/runs/{id}/export?what=trades&format=csv");
        (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n")[0].ShouldStartWith("number,curve,symbol,side");
        var compared = (await who.Get($"backtest/compare?ids={id},{again.GetProperty("backtestId").GetString()}")).Data;
        compared.GetProperty("comparable").GetBoolean().ShouldBeTrue();
        compared.GetProperty("differences").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Trials_are_counted_once_each_and_never_forgotten()
    {
        await server.Swing(Timeframe.H4, 2_000);
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "4h", period = "300d" };

        var first = (await who.Post("backtest/run", asked)).Data;
        await who.Post("backtest/run", asked);
        await who.Post("backtest/run", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, parameters = new { period = 10 } });
        var search = (await who.Post("backtest/optimise", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, grid = new { period = new { from = 6, to = 12, step = 2 }, buy_below = new { values = new[] { 25, 35 } } }, minimumTrades = 1 })).Data;
        var done = await Done(who, search.GetProperty("backtestId").GetString()!);

        var counted = (await who.Get("backtest/trials")).Data;
        (counted.GetProperty("runs").GetInt64(), counted.GetProperty("optimiserTrials").GetInt64()).ShouldBe((2, 8));
        done.GetProperty("optimisation").GetProperty("combinations").GetInt32().ShouldBe(8);
        done.GetProperty("optimisation").GetProperty("text").GetString()!.ShouldContain("0.5 is what the luckiest");
        var heat = (await who.Get($"backtest/runs/{search.GetProperty("backtestId").GetString()}/heatmap?measure=totalReturn")).Data;
        heat.GetProperty("cells").GetArrayLength().ShouldBe(2);
        heat.GetProperty("cells")[0].GetArrayLength().ShouldBe(4);
        heat.GetProperty("counts").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(one => one.GetInt32()).ShouldBe(8);
        var table = (await who.Get($"backtest/runs/{search.GetProperty("backtestId").GetString()}/trials?order=totalReturn")).Data;
        table.GetArrayLength().ShouldBe(8);
        table[0].GetProperty("totalReturn").GetDouble().ShouldBeGreaterThanOrEqualTo(table[7].GetProperty("totalReturn").GetDouble());

        var same = await Done(who, (await who.Post("backtest/optimise", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, grid = new { period = new { from = 6, to = 12, step = 2 }, buy_below = new { values = new[] { 25, 35 } } }, minimumTrades = 1 })).Data.GetProperty("backtestId").GetString()!);
        same.GetProperty("sameAs").GetString().ShouldBe(search.GetProperty("backtestId").GetString());
        (await who.Delete($"backtest/runs/{first.GetProperty("backtestId").GetString()}")).Status.ShouldBe(200);
        (await who.Get($"backtest/runs/{first.GetProperty("backtestId").GetString()}")).Status.ShouldBe(404);
        (await who.Get("backtest/trials")).Data.GetProperty("count").GetInt64().ShouldBe(10, "deleting takes none back");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => server.Execute($"UPDATE backtest_trials SET runs = 0 WHERE user_id = {who.Id}"));
        var later = (await who.Post("backtest/run", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, parameters = new { period = 11 } })).Data;
        later.GetProperty("honesty").GetProperty("trials").GetInt64().ShouldBe(11);
        later.GetProperty("honesty").GetProperty("inSample").GetProperty("expectedBestSharpe").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_was_tried_since_deflates_an_earlier_result_like_the_same_run_today()
    {
        await server.Swing(Timeframe.H4, 2_000);
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "4h", period = "300d", parameters = new { period = 13 } };
        var lucky = (await who.Post("backtest/run", asked)).Data;
        var id = lucky.GetProperty("backtestId").GetString()!;
        var small = await Done(who, (await who.Post("backtest/optimise", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, grid = new { period = new { values = new[] { 6, 8 } } }, minimumTrades = 1 })).Data.GetProperty("backtestId").GetString()!);

        await Done(who, (await who.Post("backtest/optimise", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, grid = new { period = new { from = 5, to = 24, step = 1 }, buy_below = new { values = new[] { 20, 25, 35, 40 } } }, minimumTrades = 1 })).Data.GetProperty("backtestId").GetString()!);

        var later = (await who.Get($"backtest/runs/{id}")).Data;
        var today = (await who.Post("backtest/run", asked)).Data;
        var (made, now, anew) = (lucky.GetProperty("honesty"), later.GetProperty("honesty"), today.GetProperty("honesty"));
        (made.GetProperty("trials").GetInt64(), now.GetProperty("trialsThen").GetInt64(), now.GetProperty("trials").GetInt64()).ShouldBe((1, 1, 83));
        foreach (var record in new[] { "outOfSample", "inSample" })
        {
            var (before, after, same) = (made.GetProperty(record), now.GetProperty(record), anew.GetProperty(record));
            after.GetProperty("deflatedSharpe").GetDouble().ShouldBeLessThan(before.GetProperty("deflatedSharpe").GetDouble());
            after.GetProperty("deflatedSharpe").GetDouble().ShouldBe(same.GetProperty("deflatedSharpe").GetDouble(), 1e-9);
            after.GetProperty("expectedBestSharpe").GetDouble().ShouldBe(same.GetProperty("expectedBestSharpe").GetDouble(), 1e-9);
            after.GetProperty("probabilisticSharpe").GetDouble().ShouldBe(before.GetProperty("probabilisticSharpe").GetDouble());
        }
        (now.GetProperty("verdict").GetString(), now.GetProperty("summary").GetString()).ShouldBe((anew.GetProperty("verdict").GetString(), anew.GetProperty("summary").GetString()));
        now.GetProperty("answers").ToString().ShouldBe(anew.GetProperty("answers").ToString());
        // The list and the comparison say the same, also of a run whose row was written before they could.
        await server.Execute($"UPDATE backtest_runs SET summary = summary - 'deflation' WHERE user_id = {who.Id} AND code = '{small.GetProperty("backtestId").GetString()}' OR user_id = {who.Id} AND code = '{id}'");
        foreach (var row in (await who.Get("backtest/runs?kind=run")).Data.EnumerateArray())
        {
            row.GetProperty("deflatedSharpe").GetDouble().ShouldBe(anew.GetProperty("outOfSample").GetProperty("deflatedSharpe").GetDouble(), 1e-9);
            row.GetProperty("verdict").GetString().ShouldBe(anew.GetProperty("verdict").GetString());
        }
        (await who.Get($"backtest/compare?ids={id},{today.GetProperty("backtestId").GetString()}")).Data.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("honesty").GetProperty("trials").GetInt64()).ShouldBe([83, 83]);
        var found = (await who.Get($"backtest/runs/{small.GetProperty("backtestId").GetString()}")).Data.GetProperty("optimisation");
        found.GetProperty("deflatedSharpe").GetDouble().ShouldBeLessThan(small.GetProperty("optimisation").GetProperty("deflatedSharpe").GetDouble());
        found.GetProperty("text").GetString()!.ShouldContain("all 83 trials");
        found.GetProperty("text").GetString()!.ShouldContain("best of 2 combinations");
    }

    [Fact]
    public async Task A_file_of_a_long_curve_says_that_bars_were_left_out()
    {
        await server.Swing(Timeframe.M15, 10_000);
        using var who = await server.Trader();
        var whole = (await who.Post("backtest/run", new { strategyName = "sma", symbol = "BTC/USDT", timeframe = "15m", period = "30d", walkForward = false })).Data.GetProperty("backtestId").GetString()!;
        var longer = (await who.Post("backtest/run", new { strategyName = "sma", symbol = "BTC/USDT", timeframe = "15m", period = "90d", walkForward = false })).Data.GetProperty("backtestId").GetString()!;

        foreach (var (id, mark, bars) in new[] { (whole, "", 2_880), (longer, "-thinned", 8_640) })
        {
            using var csv = await File(who, $"/api/v1/backtest/runs/{id}/export?what=equity&format=csv");
            csv.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe($"tidemark-{id}-equity{mark}.csv");
            using var book = await File(who, $"/api/v1/backtest/runs/{id}/export?what=all&format=xlsx");
            book.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe($"tidemark-{id}{mark}.xlsx");
            using var json = await File(who, $"/api/v1/backtest/runs/{id}/export?what=equity&format=json");
            var read = JsonSerializer.Deserialize<JsonElement>(await json.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var curve = read.GetProperty("curves").EnumerateArray().Single(one => one.GetProperty("curve").GetString() == "run");
            curve.GetProperty("bars").GetInt32().ShouldBe(bars);
            curve.GetProperty("shown").GetInt32().ShouldBe(read.GetProperty("points").EnumerateArray().Count(point => point.GetProperty("curve").GetString() == "run"));
            (curve.GetProperty("shown").GetInt32() < bars).ShouldBe(mark.Length > 0);
        }
    }

    [Fact]
    public async Task Asked_for_by_its_bars_it_is_the_same_trial_as_by_a_longer_period()
    {
        await server.Swing(Timeframe.H2, 900);
        using var who = await server.Trader();

        var first = await Done(who, (await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "2h", period = "1y" })).Data.GetProperty("backtestId").GetString()!);
        var (from, to) = (first.GetProperty("from").GetDateTimeOffset(), first.GetProperty("until").GetDateTimeOffset());
        var again = await Done(who, (await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "2h", from, to })).Data.GetProperty("backtestId").GetString()!);

        (to - from).ShouldBe(TimeSpan.FromHours(1_800), "there are no more bars than that");
        again.GetProperty("trial").GetProperty("isNew").GetBoolean().ShouldBeFalse();
        again.GetProperty("fingerprint").GetString().ShouldBe(first.GetProperty("fingerprint").GetString());
        again.GetProperty("walkForward").ToString().ShouldBe(first.GetProperty("walkForward").ToString());
    }

    [Fact]
    public async Task A_walk_forward_counts_itself_and_all_it_chose_among_and_is_judged_with_them()
    {
        await server.Swing(Timeframe.H4, 2_000);
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "4h", period = "300d", grid = new { period = new { values = new[] { 6, 8, 10 } }, buy_below = new { values = new[] { 25, 35 } } }, minimumTrades = 1 };

        var first = await Done(who, (await who.Post("backtest/walk-forward", asked)).Data.GetProperty("backtestId").GetString()!);

        // Six combinations, and the settings as given (14, 30, 70), which are none of them.
        first.GetProperty("honesty").GetProperty("trials").GetInt64().ShouldBe(7);
        var counted = (await who.Get("backtest/trials")).Data;
        (counted.GetProperty("runs").GetInt64(), counted.GetProperty("optimiserTrials").GetInt64()).ShouldBe((1, 6));
        var again = await Done(who, (await who.Post("backtest/walk-forward", asked)).Data.GetProperty("backtestId").GetString()!);
        again.GetProperty("honesty").GetProperty("trials").GetInt64().ShouldBe(7, "the same search is no new one");
        again.GetProperty("trial").GetProperty("isNew").GetBoolean().ShouldBeFalse();
        (await who.Get("backtest/trials")).Data.GetProperty("count").GetInt64().ShouldBe(7);
    }

    [Fact]
    public async Task Without_choosing_the_settings_as_given_are_tried_out_of_sample()
    {
        await server.Swing(Timeframe.H4, 2_000);
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "4h", period = "300d", parameters = new { period = 9 } };

        var chosen = (await who.Post("backtest/run", asked)).Data;
        var given = (await who.Post("backtest/run", new { asked.strategyName, asked.symbol, asked.timeframe, asked.period, asked.parameters, walkForward = false })).Data;

        chosen.GetProperty("walkForward").GetProperty("combinations").GetInt32().ShouldBeGreaterThan(1);
        given.GetProperty("walkForward").GetProperty("combinations").GetInt32().ShouldBe(1);
        given.GetProperty("walkForward").GetProperty("windows").EnumerateArray().ShouldAllBe(window => window.GetProperty("parameters").GetProperty("period").GetDouble() == 9);
        given.GetProperty("statistics").ToString().ShouldBe(chosen.GetProperty("statistics").ToString());
        given.GetProperty("fingerprint").GetString().ShouldNotBe(chosen.GetProperty("fingerprint").GetString(), "they do not give the same report");
        given.GetProperty("trial").GetProperty("isNew").GetBoolean().ShouldBeTrue("it is another record to choose from");
    }

    [Fact]
    public async Task Free_and_Pro_are_told_why_not_and_a_provider_runs_his_own()
    {
        await server.Swing(Timeframe.H1, 3_000);
        foreach (var plan in new[] { Plan.Free, Plan.Pro })
        {
            using var none = await server.Trader(plan);
            var refused = await none.Post("backtest/run", Documented);
            (refused.Status, refused.Code).ShouldBe((403, "PLAN_REQUIRED"));
            refused.Body.GetProperty("error").GetProperty("details").GetProperty("opensWith").GetString().ShouldBe("premium");
            (await none.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT" })).Code.ShouldBe("PLAN_REQUIRED");
            foreach (var address in new[] { "run", "optimise", "walk-forward" })
            {
                (await none.Post($"backtest/{address}", new { strategyName = "no such thing", symbol = "BTC/USDT", timeframe = "2h" })).Code.ShouldBe("PLAN_REQUIRED", "before what is wrong with the order");
            }
            (await none.Get("backtest/runs")).Status.ShouldBe(200);
        }
        using var provider = await server.Trader(Plan.Free, Role.Provider);
        (await provider.Post("backtest/run", Documented)).Code.ShouldBe("PLAN_REQUIRED");
        var made = await provider.Post("strategies", new { title = "Dip buyer", formulas = new { entry = "RSI(len) < 30", exit = "RSI(len) > 60", stop = "close * 0.9" }, parameters = new[] { new { name = "len", @default = 14, minimum = 2, maximum = 100 } } });
        made.Status.ShouldBe(201, made.Body.ToString());
        var own = await provider.Post("backtest/run", new { strategyId = made.Data.GetProperty("id").GetInt64(), symbol = "BTC/USDT", timeframe = "1h", period = "60d", parameters = new { len = 10 } });
        own.Status.ShouldBe(200, own.Body.ToString());
        own.Data.GetProperty("strategy").GetProperty("version").GetInt32().ShouldBe(1);
        own.Data.GetProperty("results").GetProperty("totalTrades").GetInt32().ShouldBeGreaterThan(0);
        (await provider.Get("access/backtest.run")).Data.GetProperty("used").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_sees_anothers_and_what_makes_no_sense_is_refused_by_field()
    {
        await server.Swing(Timeframe.H1, 2_000);
        using var who = await server.Trader();
        using var other = await server.Trader();
        var id = (await who.Post("backtest/run", new { strategyName = "sma", symbol = "BTC/USDT", period = "30d" })).Data.GetProperty("backtestId").GetString()!;

        foreach (var path in new[] { "", "/trades", "/equity", "/trials", "/heatmap", "/export", "/equity.svg" })
        {
            (await other.Get($"backtest/runs/{id}{path}")).Status.ShouldBe(404, path);
        }
        (await other.Delete($"backtest/runs/{id}")).Status.ShouldBe(404);
        (await other.Patch($"backtest/runs/{id}", new { note = "mine" })).Status.ShouldBe(404);
        (await who.Patch($"backtest/runs/{id}", new { note = "Baseline" })).Data.GetProperty("note").GetString().ShouldBe("Baseline");
        await Field(who, new { strategyName = "moonshot", symbol = "BTC/USDT" }, "strategyName");
        await Field(who, new { strategyName = "rsi", symbol = "BTC/USDT", parameters = new { speed = 3 } }, "parameters.speed");
        await Field(who, new { strategyName = "rsi", symbol = "BTC/USDT", parameters = new { period = 0 } }, "parameters.period");
        await Field(who, new { strategyName = "rsi", symbol = "BTC/USDT", settings = new { takerFee = 2 } }, "settings.takerFee");
        await Field(who, new { strategyName = "rsi", symbol = "BTC/USDT", period = "soon" }, "period");
        var wide = await who.Post("backtest/optimise", new { strategyName = "rsi", symbol = "BTC/USDT", search = "random", combinations = 50, grid = new { buy_below = new { from = 1, to = 49, step = 0.1 } } });
        wide.Body.GetProperty("error").GetProperty("details").GetProperty("fields").EnumerateObject().Single().Name.ShouldBe("grid.buy_below");
        (await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "7m" })).Code.ShouldBe("INVALID_TIMEFRAME");
        (await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "1d" })).Code.ShouldBe("NO_CANDLES");
        var early = await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", from = "2012-01-01T00:00:00Z", to = "2012-03-01T00:00:00Z" });
        early.Code.ShouldBe("NO_CANDLES");
        early.Body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("There are some from");
    }

    [Fact]
    public async Task The_same_key_is_the_same_run_and_a_cut_run_is_begun_again()
    {
        await server.Swing(Timeframe.H1, 2_000);
        using var who = await server.Trader();
        var asked = new { strategyName = "ema", symbol = "BTC/USDT", period = "30d" };

        var first = await who.Post("backtest/run", asked, ("Idempotency-Key", "laboratory-1"));
        var again = await who.Post("backtest/run", asked, ("Idempotency-Key", "laboratory-1"));
        again.Data.GetProperty("backtestId").GetString().ShouldBe(first.Data.GetProperty("backtestId").GetString());
        (await who.Get("backtest/runs")).Data.GetArrayLength().ShouldBe(1);

        // A worker took it and died: its lease runs out, and another does it.
        var id = first.Data.GetProperty("backtestId").GetString()!;
        await server.Execute($"DELETE FROM backtest_results WHERE run = (SELECT id FROM backtest_runs WHERE user_id = {who.Id}); UPDATE backtest_runs SET status = 'running', completed_at = NULL, holder = 'dead', held_until = now() - interval '1 minute', attempts = 1 WHERE user_id = {who.Id}");
        var done = await Done(who, id);
        done.GetProperty("results").ToString().ShouldBe(first.Data.GetProperty("results").ToString());

        // One that kills its workers again and again is given up, and says so.
        await server.Execute($"DELETE FROM backtest_results WHERE run = (SELECT id FROM backtest_runs WHERE user_id = {who.Id}); UPDATE backtest_runs SET status = 'running', completed_at = NULL, holder = 'dead', held_until = now() - interval '1 minute', attempts = 3 WHERE user_id = {who.Id}");
        var failed = await Until(who, id, "failed");
        failed.GetProperty("fault").GetProperty("message").GetString()!.ShouldContain("3 times");
    }

    [Fact]
    public async Task A_run_that_waits_or_is_under_way_can_be_ended_and_the_queue_is_fair_and_bounded()
    {
        await server.Swing(Timeframe.H1, 2_000);
        using var busy = await server.Trader();
        using var other = await server.Trader();
        var table = server.Services.GetRequiredService<RunTable>();
        // Nothing is worked on meanwhile: what is queued here is made so by hand.
        var code = (await busy.Post("backtest/run", new { strategyName = "hold", symbol = "BTC/USDT", period = "30d" })).Data.GetProperty("backtestId").GetString()!;
        await server.Execute(
            $"""
            INSERT INTO backtest_runs (user_id, code, kind, status, strategy, symbols, timeframe, from_at, until_at, request, created_at, holder, held_until, started_at)
            SELECT user_id, 'BT-20200101-' || (100 + n), kind, 'running', strategy, symbols, timeframe, from_at, until_at, request, now(), 'nobody', now() + interval '1 hour', now()
            FROM backtest_runs, generate_series(1, 19) n WHERE user_id = {busy.Id};
            """);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => busy.Post("backtest/run", new { strategyName = "hold", symbol = "BTC/USDT", period = "30d", async = true })));
        answers.Count(answer => answer.Code == "QUEUE_FULL").ShouldBe(3, "twenty are twenty, however many are asked for at once");
        var waits = answers.Single(answer => answer.Status == 202).Data.GetProperty("backtestId").GetString()!;
        var full = await busy.Post("backtest/run", new { strategyName = "hold", symbol = "BTC/USDT", period = "31d", async = true });
        full.Code.ShouldBe("QUEUE_FULL");
        (await other.Post("backtest/run", new { strategyName = "hold", symbol = "BTC/USDT", period = "30d" })).Status.ShouldBe(200, "another is served all the same");
        (await busy.Get($"backtest/runs/{waits}")).Data.GetProperty("status").GetString().ShouldBe("queued", "one person's runs are done one after the other");
        var ended = await busy.Post("backtest/runs/BT-20200101-101/cancel");
        ended.Status.ShouldBe(200);
        (await table.Beat(await server.Scalar<long>($"SELECT id FROM backtest_runs WHERE user_id = {busy.Id} AND code = 'BT-20200101-101'"), "nobody", 0.5, null, CancellationToken.None)).ShouldBeFalse("its worker is told to end");
        (await busy.Delete("backtest/runs/BT-20200101-102")).Code.ShouldBe("CONFLICT");
        code.ShouldStartWith("BT-");
        await server.Execute($"DELETE FROM backtest_runs WHERE holder = 'nobody'");
        await Done(busy, waits);
    }

    [Fact]
    public async Task A_year_of_minutes_is_run_and_judged_whole()
    {
        await server.Swing(Timeframe.M1, 525_600);
        using var who = await server.Trader();

        var began = Stopwatch.GetTimestamp();
        var cold = await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "1m", period = "365d" });
        var took = Stopwatch.GetElapsedTime(began);

        // A busy machine answers that it goes on; how long it takes is the benchmark's matter.
        cold.Status.ShouldBeOneOf(200, 202);
        var run = await Done(who, cold.Data.GetProperty("backtestId").GetString()!);
        run.GetProperty("data")[0].GetProperty("bars").GetInt32().ShouldBeInRange(525_500, 525_600);
        TestContext.Current.SendDiagnosticMessage($"A year of minutes: {took.TotalMilliseconds:N0} ms, of which the run {run.GetProperty("elapsedSeconds").GetDouble() * 1_000:N0} ms");
    }

    static async Task Field(Accounts.Visitor who, object request, string field)
    {
        var refused = await who.Post("backtest/run", request);
        refused.Code.ShouldBe("VALIDATION_FAILED", refused.Body.ToString());
        refused.Body.GetProperty("error").GetProperty("details").GetProperty("fields").EnumerateObject().Select(one => one.Name).ShouldContain(field);
    }

    static Task<JsonElement> Done(Accounts.Visitor who, string id) => Until(who, id, "done");

    static async Task<JsonElement> Until(Accounts.Visitor who, string id, string status)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var run = (await who.Get($"backtest/runs/{id}")).Data;
            if (run.GetProperty("status").GetString() == status)
            {
                return run;
            }
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > 60 || (run.GetProperty("status").GetString() == "failed" && status != "failed"))
            {
                throw new InvalidOperationException($"Waited in vain for {status}: {run}");
            }
            await Task.Delay(50);
        }
    }

    static async Task<HttpResponseMessage> File(Accounts.Visitor who, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", $"Bearer {who.Token}" } } };
        var answer = await who.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        return answer;
    }
}
