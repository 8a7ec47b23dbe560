using Microsoft.Extensions.DependencyInjection;
using Tidemark.Backtests.Paper;
using Tidemark.Market;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class A_paper_session_survives_and_is_held_against_the_backtester(TestPostgres postgres)
{
    [Fact]
    public async Task Killed_between_candles_it_goes_on_as_if_nothing_had_been_and_a_changed_candle_shows_as_data()
    {
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
        using var who = await server.Trader();
        var made = await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { direction = "both" } });
        made.Status.ShouldBe(201, made.Body.ToString());
        var id = made.Data.GetProperty("id").GetInt64();

        // Every few candles the process is another one, which knows only what is in the tables; two of them also feed at once.
        for (var i = start; i < all.Count; i += 8)
        {
            await server.Close(i, 8);
            var (one, other) = (server.Another(), server.Another());
            await Task.WhenAll(one.FeedAll(CancellationToken.None), other.FeedAll(CancellationToken.None));
            await one.FeedAll(CancellationToken.None);
        }

        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        var expected = Backtester.Run(
            StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["period"] = 7 },
            new BacktestInput(Timeframe.M15, new BacktestSymbol("BTC/USDT", all.All().Slice(start - 500, all.Count - start + 500))) { TradeFrom = all.Times[start] }, new BacktestSettings { Direction = TradeDirections.Both });
        expected.Trades.Count.ShouldBeGreaterThan(3);
        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("candles").GetInt64().ShouldBe(96);
        session.GetProperty("trades").GetInt32().ShouldBe(expected.Trades.Count);
        session.GetProperty("equity").GetDouble().ShouldBe(expected.Equity[^1], 1e-9);
        var trades = (await who.Get($"paper/sessions/{id}/trades?limit=200")).Data.EnumerateArray().Select(trade => (trade.GetProperty("entryPrice").GetDouble(), trade.GetProperty("exitPrice").GetDouble(), trade.GetProperty("profit").GetDouble())).ToList();
        trades.ShouldBe(expected.Trades.Select(trade => (trade.EntryPrice, trade.ExitPrice, trade.Result)));
        var ledger = (await who.Get($"paper/sessions/{id}/ledger?limit=200")).Data;
        ledger.EnumerateArray().Select(line => line.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, ledger.GetArrayLength()).Reverse(), "each line once, newest first");
        var newest = await who.Get($"paper/sessions/{id}/ledger?limit=2");
        newest.Data.GetArrayLength().ShouldBe(2);
        var before = await who.Get($"paper/sessions/{id}/ledger?limit=2&cursor={newest.Meta.GetProperty("next_cursor").GetString()}");
        before.Data[0].GetProperty("number").GetInt32().ShouldBe(ledger.GetArrayLength() - 2);
        (await who.Get($"paper/sessions/{id}/equity?points=200")).Data.GetProperty("bars").GetInt32().ShouldBe(96);

        var agreed = await server.Report(id);
        agreed.Agreed.ShouldBeTrue(agreed.Text);
        agreed.PaperTrades.ShouldBe(expected.Trades.Count);

        // Somebody changes one candle afterwards, and another goes missing.
        var changed = all[start + 40];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(changed.OpenTime);
        await server.Store.Replace(PaperServer.Series, at, at.AddMinutes(15), new CandleSeries([changed with { Open = changed.Open + 6, High = changed.High + 9, Close = changed.Close + 7 }]).All(), CancellationToken.None);
        await server.Store.Delete(PaperServer.Series, at.AddMinutes(150), at.AddMinutes(165), CancellationToken.None);
        var differs = await server.Report(id);
        differs.Agreed.ShouldBeFalse(differs.Text);
        var data = differs.Causes.Single(cause => cause.Cause == "data");
        data.Count.ShouldBe(2);
        data.Text.ShouldContain("is gone");
        differs.Causes.Where(cause => cause.Cause != "latency").ShouldHaveSingleItem("nothing else is to blame");
        differs.Causes.Sum(cause => cause.Amount).ShouldBe(differs.Difference, 1e-6);

        (await who.Post($"paper/sessions/{id}/stop")).Data.GetProperty("status").GetString().ShouldBe("stopped");
        (await who.Delete($"paper/sessions/{id}")).Status.ShouldBe(200);
        (await server.Scalar<long>("SELECT count(*) FROM paper_candles")).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_elses_session_is_not_there_and_without_live_candles_there_is_none()
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        using var other = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64();

        foreach (var path in new[] { "", "/trades", "/ledger", "/equity", "/parity" })
        {
            (await other.Get($"paper/sessions/{id}{path}")).Status.ShouldBe(404, path);
        }
        (await other.Post($"paper/sessions/{id}/stop")).Status.ShouldBe(404);
        (await who.Delete($"paper/sessions/{id}")).Code.ShouldBe("CONFLICT");
        (await who.Get("paper/sessions")).Data.GetArrayLength().ShouldBe(1);
        server.Services.GetRequiredService<SourceInUse>().Current = new MarketSource("file", Provenance.Recorded);
        (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT" })).Code.ShouldBe("EXCHANGE_UNAVAILABLE");
    }

    [Fact]
    public async Task A_candle_that_is_stored_late_warms_up_and_one_that_never_comes_is_waited_for_and_passed_over()
    {
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
        using var who = await server.Trader();
        // The candle that closed just now is not stored yet.
        var closed = DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start - 1]);
        await server.Store.Delete(PaperServer.Series, closed, closed.AddMinutes(15), CancellationToken.None);
        var made = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data;
        var id = made.GetProperty("id").GetInt64();
        made.GetProperty("fedUntil").GetDateTimeOffset().ShouldBe(closed, "it is still to come");

        await server.Close(start - 1, 1);
        var (engine, table) = (server.Another(), server.Table);
        await engine.FeedAll(CancellationToken.None);
        var warm = (await table.Find(id, CancellationToken.None))!;
        warm.FedUntil.ShouldBe(closed.AddMinutes(15));
        warm.Candles.ShouldBe(0, "it closed before the session began");

        // The next one is missing while two later ones are there.
        await server.Close(start + 1, 2);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(0, "it is waited for");
        await server.Store.Save(PaperServer.Series, all.All().Slice(start, 1), CancellationToken.None);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(3, "it came after all");

        // Another one never comes.
        await server.Close(start + 5, 1);
        await engine.FeedAll(CancellationToken.None);
        server.Clock.Move(PaperEngine.Patience);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(4);
        var skip = (await table.Ledger(id, CancellationToken.None)).Single(line => line.Kind == "skip");
        skip.Text.ShouldStartWith("2 candles from");

        // What comes later still is not taken, and another process stands where this one does.
        await server.Store.Save(PaperServer.Series, all.All().Slice(start + 3, 2), CancellationToken.None);
        await server.Close(start + 6, 1);
        await server.Feed();
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(5);
        var expected = Backtester.Run(
            StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["period"] = 7 },
            new BacktestInput(Timeframe.M15, new BacktestSymbol("BTC/USDT", new CandleSeries([.. Enumerable.Range(start - 501, 508).Except([start + 3, start + 4]).Select(place => all[place])]).All())) { TradeFrom = all.Times[start] }, new BacktestSettings());
        (await table.Find(id, CancellationToken.None))!.State.Equity.ShouldBe(expected.Equity[^1], 1e-9);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"strategy":{"key":"gone","name":"gone","title":"Gone"},"parameters":{},"asked":"BTC/USDT","initialCapital":1,"settings":{}}""")]
    public async Task One_that_cannot_be_read_any_more_keeps_no_other_from_its_candles(string written)
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        var ids = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add((await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64());
        }
        await server.Execute($"UPDATE paper_sessions SET request = '{written}' WHERE id = {ids[0]}");

        await server.Close(PaperServer.Start, 2);
        await server.Feed();

        (await server.Table.Find(ids[1], CancellationToken.None))!.Candles.ShouldBe(2);
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        var listed = await who.Get("paper/sessions");
        listed.Status.ShouldBe(200);
        listed.Data[0].GetProperty("id").GetInt64().ShouldBe(ids[1]);
    }

    [Fact]
    public async Task Ten_run_at_a_time_however_many_are_asked_for_at_once()
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        var asked = new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" };
        for (var i = 0; i < PaperTable.MostRunningOfUser - 1; i++)
        {
            (await who.Post("paper/sessions", asked)).Status.ShouldBe(201);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => who.Post("paper/sessions", asked)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Code == "LIMIT_REACHED").ShouldBe(5);
    }

    [Fact]
    public async Task It_ends_and_says_why_when_the_owners_plan_no_longer_includes_it()
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64();
        await server.Close(PaperServer.Start, 4);
        await server.Feed();
        await server.Execute($"UPDATE users SET plan = 'PRO' WHERE id = {who.Id}");

        await server.Close(PaperServer.Start + 4, 1);
        await server.Feed();

        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("status").GetString().ShouldBe("stopped");
        session.GetProperty("candles").GetInt64().ShouldBe(4, "no candle after the plan ended is taken");
        var last = (await who.Get($"paper/sessions/{id}/ledger")).Data[0];
        last.GetProperty("kind").GetString().ShouldBe("stop");
        last.GetProperty("text").GetString()!.ShouldContain("Premium");
    }
}
