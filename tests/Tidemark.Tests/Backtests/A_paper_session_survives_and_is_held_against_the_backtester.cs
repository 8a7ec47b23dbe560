using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Backtests.Paper;
using Tidemark.Market;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Jobs;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class A_paper_session_survives_and_is_held_against_the_backtester(TestPostgres postgres)
{
    static readonly SeriesKey Series = new(LabServer.From, LabServer.Bitcoin, Timeframe.M15);

    sealed class PaperServer(TestPostgres postgres) : LabServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["SCHEDULER_ENABLED"] = "false", ["ROLES"] = "web" };
    }

    static async Task<(PaperServer Server, CandleSeries All, int Start)> Begin(TestPostgres postgres)
    {
        var server = new PaperServer(postgres);
        await server.InitializeAsync();
        server.Services.GetRequiredService<SourceInUse>().Current = LabServer.From;
        // The clock stands at the beginning of a day, so that the day after it is whole.
        var now = server.Clock.GetUtcNow();
        server.Clock.Move(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(2).AddMinutes(1) - now);
        var start = Timeframe.D1.Floor(server.Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        var all = new CandleSeries();
        var before = 100.0;
        for (var i = -700; i < 96; i++)
        {
            var close = Math.Round(100 + (8 * Math.Sin(i / 6.0)) + (3 * Math.Sin(i / 17.0)), 4);
            all.Append(new Candle(start + (i * Timeframe.M15.Milliseconds), before, Math.Max(before, close) + 0.1, Math.Min(before, close) - 0.1, close, 10));
            before = close;
        }
        await server.Store.Save(Series, all.All().Slice(0, 700), CancellationToken.None);
        return (server, all, 700);
    }

    static PaperEngine Another(PaperServer server) => ActivatorUtilities.CreateInstance<PaperEngine>(server.Services);

    static async Task Close(PaperServer server, CandleSeries all, int from, int count)
    {
        await server.Store.Save(Series, all.All().Slice(from, count), CancellationToken.None);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Timeframe.M15.CloseOf(all.Times[from + count - 1])).AddSeconds(2);
        server.Clock.Move(now - server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Killed_between_candles_it_goes_on_as_if_nothing_had_been_and_a_changed_candle_shows_as_data()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var made = await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { direction = "both" } });
        made.Status.ShouldBe(201, made.Body.ToString());
        var id = made.Data.GetProperty("id").GetInt64();

        // Every few candles the process is another one, which knows only what is in the tables; two of them also feed at once.
        for (var i = start; i < all.Count; i += 8)
        {
            await Close(server, all, i, 8);
            var (one, other) = (Another(server), Another(server));
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

        var parity = server.Services.GetRequiredService<Parity>();
        var table = server.Services.GetRequiredService<PaperTable>();
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);
        var agreed = (await parity.Of((await table.Find(id, CancellationToken.None))!, day, CancellationToken.None))!;
        agreed.Agreed.ShouldBeTrue(agreed.Text);
        agreed.PaperTrades.ShouldBe(expected.Trades.Count);

        // Somebody changes one candle afterwards, and another goes missing.
        var changed = all[start + 40];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(changed.OpenTime);
        await server.Store.Replace(Series, at, at.AddMinutes(15), new CandleSeries([changed with { Open = changed.Open + 6, High = changed.High + 9, Close = changed.Close + 7 }]).All(), CancellationToken.None);
        await server.Store.Delete(Series, at.AddMinutes(150), at.AddMinutes(165), CancellationToken.None);
        var differs = (await parity.Of((await table.Find(id, CancellationToken.None))!, day, CancellationToken.None))!;
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
    public async Task What_is_closed_by_hand_goes_at_the_next_open_and_is_told_apart()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        using var other = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64();
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(409, "it holds nothing yet");
        await Close(server, all, start, 20);
        await Another(server).FeedAll(CancellationToken.None);
        await SignIn(who, other);

        (await other.Post($"paper/sessions/{id}/close")).Status.ShouldBe(404);
        // Asked for within a candle: its open is past by then, so that it is the next one's that counts.
        server.Clock.Move(TimeSpan.FromMinutes(7));
        (await who.Post($"paper/sessions/{id}/close")).Data.GetProperty("closesByHandSince").GetDateTimeOffset().ShouldBe(server.Clock.GetUtcNow(), TimeSpan.FromSeconds(5));
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(409, "it is asked for already");
        await Close(server, all, start + 20, 1);
        await Another(server).FeedAll(CancellationToken.None);
        await SignIn(who);
        (await who.Get($"paper/sessions/{id}")).Data.GetProperty("position").ValueKind.ShouldBe(JsonValueKind.Object);
        // The next process knows only what is in the tables, and another feeds beside it.
        await Close(server, all, start + 21, 75);
        await Task.WhenAll(Another(server).FeedAll(CancellationToken.None), Another(server).FeedAll(CancellationToken.None));
        await SignIn(who);

        var trade = (await who.Get($"paper/sessions/{id}/trades")).Data.EnumerateArray().First();
        trade.GetProperty("reason").GetString().ShouldBe("manual");
        trade.GetProperty("exitAt").GetDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(all.Times[start + 21]);
        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
        (await who.Get($"paper/sessions/{id}/ledger?limit=200")).Data.EnumerateArray().Count(line => line.GetProperty("kind").GetString() == "manual").ShouldBe(1);

        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);
        var report = (await server.Services.GetRequiredService<Parity>().Of((await server.Services.GetRequiredService<PaperTable>().Find(id, CancellationToken.None))!, day, CancellationToken.None))!;
        report.Agreed.ShouldBeFalse(report.Text);
        report.Causes.Where(cause => cause.Cause != "latency").ShouldHaveSingleItem().Cause.ShouldBe("manual", report.Text);
        report.Causes.Single(cause => cause.Cause == "manual").Count.ShouldBe(1);
        report.Causes.Sum(cause => cause.Amount).ShouldBe(report.Difference, 1e-6);
        report.Difference.ShouldNotBe(0);

        (await who.Post($"paper/sessions/{id}/stop")).Status.ShouldBe(200);
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(409, "it was stopped");
    }

    [Fact]
    public async Task A_position_the_strategy_turned_before_is_left_alone_and_a_stop_takes_the_wish_back()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { direction = "both", closeAtEnd = true } })).Data.GetProperty("id").GetInt64();
        var expected = Backtester.Run(
            StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["period"] = 7 },
            new BacktestInput(Timeframe.M15, new BacktestSymbol("BTC/USDT", all.All().Slice(start - 500, all.Count - start + 500))) { TradeFrom = all.Times[start] }, new BacktestSettings { Direction = TradeDirections.Both });
        // A candle at whose open one position went and the opposite one came.
        var turned = expected.Trades.First(trade => expected.Trades.Any(next => next.EntryTime == trade.ExitTime && next.Side != trade.Side));
        var at = all.Times.BinarySearch(turned.ExitTime);
        await Close(server, all, start, at - start);
        await Another(server).FeedAll(CancellationToken.None);
        await SignIn(who);
        server.Clock.Move(TimeSpan.FromMinutes(3));
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(200);
        await Close(server, all, at, 3);
        await Another(server).FeedAll(CancellationToken.None);
        await SignIn(who);

        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
        session.GetProperty("position").GetProperty("side").GetString().ShouldBe(turned.Side == Side.Long ? "short" : "long");
        (await who.Get($"paper/sessions/{id}/ledger")).Data.EnumerateArray().Where(line => line.GetProperty("kind").GetString() == "manual").Select(line => line.GetProperty("text").GetString()).ShouldBe(
            ["What was to be closed by hand was closed already.", "Closing by hand was asked for; it is done at the next open."]);
        (await who.Get($"paper/sessions/{id}/trades")).Data.EnumerateArray().ShouldAllBe(trade => trade.GetProperty("reason").GetString() == "signal");

        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(200);
        (await who.Post($"paper/sessions/{id}/stop")).Data.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    static async Task SignIn(params Visitor[] who)
    {
        // The clock went further than a token lasts.
        foreach (var one in who)
        {
            (await one.SignIn(byToken: true)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_fill_that_the_program_would_not_make_again_shows_as_such()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data.GetProperty("id").GetInt64();
        await Close(server, all, start, 96);
        await Another(server).FeedAll(CancellationToken.None);
        // What an older program wrote: another fee on the first trade.
        await server.Execute(
            $$"""
            UPDATE paper_ledger SET entry = jsonb_set(jsonb_set(entry, '{trade,fees}', to_jsonb((entry #>> '{trade,fees}')::float8 + 1)), '{trade,profit}', to_jsonb((entry #>> '{trade,profit}')::float8 - 1))
            WHERE session = {{id}} AND number = (SELECT min(number) FROM paper_ledger WHERE session = {{id}} AND kind = 'trade');
            UPDATE paper_candles SET equity = equity - 1 WHERE session = {{id}} AND equity IS NOT NULL AND open_time >= (SELECT min(at) FROM paper_ledger WHERE session = {{id}} AND kind = 'trade')
            """);

        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);
        var report = (await server.Services.GetRequiredService<Parity>().Of((await server.Services.GetRequiredService<PaperTable>().Find(id, CancellationToken.None))!, day, CancellationToken.None))!;

        report.Agreed.ShouldBeFalse();
        report.Causes.Single(cause => cause.Cause == "fee").Amount.ShouldBe(-1, 1e-6);
        report.Causes.ShouldNotContain(cause => cause.Cause == "data" || cause.Cause == "signal");
    }

    [Fact]
    public async Task Somebody_elses_session_is_not_there_and_without_live_candles_there_is_none()
    {
        var (server, _, _) = await Begin(postgres);
        await using var gone = server;
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
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        // The candle that closed just now is not stored yet.
        var closed = DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start - 1]);
        await server.Store.Delete(Series, closed, closed.AddMinutes(15), CancellationToken.None);
        var made = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data;
        var id = made.GetProperty("id").GetInt64();
        made.GetProperty("fedUntil").GetDateTimeOffset().ShouldBe(closed, "it is still to come");

        await Close(server, all, start - 1, 1);
        var (engine, table) = (Another(server), server.Services.GetRequiredService<PaperTable>());
        await engine.FeedAll(CancellationToken.None);
        var warm = (await table.Find(id, CancellationToken.None))!;
        warm.FedUntil.ShouldBe(closed.AddMinutes(15));
        warm.Candles.ShouldBe(0, "it closed before the session began");

        // The next one is missing while two later ones are there.
        await Close(server, all, start + 1, 2);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(0, "it is waited for");
        await server.Store.Save(Series, all.All().Slice(start, 1), CancellationToken.None);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(3, "it came after all");

        // Another one never comes.
        await Close(server, all, start + 5, 1);
        await engine.FeedAll(CancellationToken.None);
        server.Clock.Move(PaperEngine.Patience);
        await engine.FeedAll(CancellationToken.None);
        (await table.Find(id, CancellationToken.None))!.Candles.ShouldBe(4);
        var skip = (await table.Ledger(id, CancellationToken.None)).Single(line => line.Kind == "skip");
        skip.Text.ShouldStartWith("2 candles from");

        // What comes later still is not taken, and another process stands where this one does.
        await server.Store.Save(Series, all.All().Slice(start + 3, 2), CancellationToken.None);
        await Close(server, all, start + 6, 1);
        await Another(server).FeedAll(CancellationToken.None);
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
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var ids = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add((await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64());
        }
        await server.Execute($"UPDATE paper_sessions SET request = '{written}' WHERE id = {ids[0]}");

        await Close(server, all, start, 2);
        await Another(server).FeedAll(CancellationToken.None);

        (await server.Services.GetRequiredService<PaperTable>().Find(ids[1], CancellationToken.None))!.Candles.ShouldBe(2);
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        var listed = await who.Get("paper/sessions");
        listed.Status.ShouldBe(200);
        listed.Data[0].GetProperty("id").GetInt64().ShouldBe(ids[1]);
    }

    [Fact]
    public async Task Ten_run_at_a_time_however_many_are_asked_for_at_once()
    {
        var (server, _, _) = await Begin(postgres);
        await using var gone = server;
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
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64();
        await Close(server, all, start, 4);
        await Another(server).FeedAll(CancellationToken.None);
        await server.Execute($"UPDATE users SET plan = 'PRO' WHERE id = {who.Id}");

        await Close(server, all, start + 4, 1);
        await Another(server).FeedAll(CancellationToken.None);

        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("status").GetString().ShouldBe("stopped");
        session.GetProperty("candles").GetInt64().ShouldBe(4, "no candle after the plan ended is taken");
        var last = (await who.Get($"paper/sessions/{id}/ledger")).Data[0];
        last.GetProperty("kind").GetString().ShouldBe("stop");
        last.GetProperty("text").GetString()!.ShouldContain("Premium");
    }

    [Fact]
    public async Task One_session_that_cannot_be_re_run_keeps_no_other_from_its_report()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } };
        var broken = (await who.Post("paper/sessions", asked)).Data.GetProperty("id").GetInt64();
        var sound = (await who.Post("paper/sessions", asked)).Data.GetProperty("id").GetInt64();
        await Close(server, all, start, 96);
        await Another(server).FeedAll(CancellationToken.None);
        await server.Execute($$"""UPDATE paper_ledger SET entry = '{"trade": 5}' WHERE session = {{broken}} AND kind = 'trade'""");

        var counts = await ActivatorUtilities.CreateInstance<ParityJob>(server.Services).Run(new JobRun(1, "paper-parity", server.Clock.GetUtcNow()), CancellationToken.None);

        (counts["sessions"], counts["failed"]).ShouldBe((1, 1));
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        (await who.Get($"paper/sessions/{sound}/parity")).Data.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_day_that_was_missed_gets_its_report_once_the_session_took_all_of_it()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data.GetProperty("id").GetInt64();
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);
        await Close(server, all, start, 90);
        await Another(server).FeedAll(CancellationToken.None);

        // The rest of the day comes late: there is no report of a part.
        server.Clock.Move(TimeSpan.FromHours(3));
        (await Reported(server))["sessions"].ShouldBe(0);
        // The job did not run for two nights, while the session was fed on.
        var more = new CandleSeries();
        for (var i = 90; i < 96 * 3; i++)
        {
            var candle = all[start + (i % 96)];
            more.Append(candle with { OpenTime = all.Times[start] + (i * Timeframe.M15.Milliseconds) });
        }
        await server.Store.Save(Series, more.All(), CancellationToken.None);
        server.Clock.Move(DateTimeOffset.FromUnixTimeMilliseconds(Timeframe.M15.CloseOf(more.All().Times[^1])).AddHours(1) - server.Clock.GetUtcNow());
        await Another(server).FeedAll(CancellationToken.None);

        (await Reported(server))["sessions"].ShouldBe(3);

        var table = server.Services.GetRequiredService<PaperTable>();
        (await table.Reports(id, 10, CancellationToken.None)).Select(report => report.Day).ShouldBe([day.AddDays(2), day.AddDays(1), day]);
        (await Reported(server))["sessions"].ShouldBe(0, "each day is reported once");
        // A session that is stopped within a day has its report of that day too.
        await server.Store.Save(Series, new CandleSeries([all[start] with { OpenTime = all.Times[start] + (3 * Timeframe.D1.Milliseconds) }]).All(), CancellationToken.None);
        await Another(server).FeedAll(CancellationToken.None);
        await table.Stop((await table.Find(id, CancellationToken.None))!, "Enough.", CancellationToken.None);
        (await Reported(server))["sessions"].ShouldBe(0, "the day is not over");
        server.Clock.Move(TimeSpan.FromDays(1));
        (await Reported(server))["sessions"].ShouldBe(1);
        server.Clock.Move(TimeSpan.FromDays(30));
        (await Reported(server))["sessions"].ShouldBe(0);
    }

    static Task<JobCounts> Reported(PaperServer server) =>
        ActivatorUtilities.CreateInstance<ParityJob>(server.Services).Run(new JobRun(1, "paper-parity", server.Clock.GetUtcNow()), CancellationToken.None);

    [Fact]
    public async Task What_late_decisions_would_have_cost_is_said_and_changed_minutes_are_found()
    {
        var (server, all, start) = await Begin(postgres);
        await using var gone = server;
        using var who = await server.Trader();
        // Minutes that fall from each open to the next, so that who comes late buys cheaper and sells for less.
        var minutes = new CandleSeries();
        for (var i = start; i < all.Count; i++)
        {
            for (var m = 0; m < 15; m++)
            {
                var price = all[i].Open * (1 - (m / 150.0));
                minutes.Append(new Candle(all.Times[i] + (m * Timeframe.M1.Milliseconds), price, price + 0.01, price - 0.01, price, 1));
            }
        }
        var finer = Series with { Timeframe = Timeframe.M1 };
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { stop = 0.5 } })).Data.GetProperty("id").GetInt64();
        await server.Store.Save(finer, minutes.All(), CancellationToken.None);
        for (var i = start; i < all.Count; i++)
        {
            await Close(server, all, i, 1);
            // Nine minutes late, each time.
            server.Clock.Move(TimeSpan.FromMinutes(9));
            await Another(server).FeedAll(CancellationToken.None);
        }
        var table = server.Services.GetRequiredService<PaperTable>();
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);

        var report = (await server.Services.GetRequiredService<Parity>().Of((await table.Find(id, CancellationToken.None))!, day, CancellationToken.None))!;

        report.Agreed.ShouldBeTrue(report.Text);
        report.PaperTrades.ShouldBeGreaterThan(1);
        var late = report.Causes.Single();
        (late.Cause, late.Amount, late.Count).ShouldBe(("latency", 0, 96));
        // The minute that opens ten minutes after the close is a fifteenth below the open that the account was filled at.
        var trades = (await table.Ledger(id, CancellationToken.None)).Select(line => line.Trade).OfType<Results.RunTrade>().ToList();
        report.LatencyAmount!.Value.ShouldBe(trades.Sum(trade => trade.Quantity * (trade.EntryPrice - trade.ExitPrice) / 15), 1e-6);
        report.LatencyAmount.Value.ShouldNotBe(0);
        late.Text.ShouldContain("first minute after");

        var at = DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start + 3]).AddMinutes(4);
        await server.Store.Replace(finer, at, at.AddMinutes(1), new CandleSeries([new Candle(at.ToUnixTimeMilliseconds(), 100, 101, 99, 100.5, 1)]).All(), CancellationToken.None);
        var changed = (await server.Services.GetRequiredService<Parity>().Of((await table.Find(id, CancellationToken.None))!, day, CancellationToken.None))!;
        changed.Causes.Single(cause => cause.Cause == "data").Text.ShouldContain("(1m)");
    }
}
