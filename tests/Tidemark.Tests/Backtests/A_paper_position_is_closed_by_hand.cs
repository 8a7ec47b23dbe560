using System.Text.Json;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class A_paper_position_is_closed_by_hand(TestPostgres postgres)
{
    [Fact]
    public async Task What_is_closed_by_hand_goes_at_the_next_open_and_is_told_apart()
    {
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
        using var who = await server.Trader();
        using var other = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "hold", symbol = "BTC/USDT", timeframe = "15m" })).Data.GetProperty("id").GetInt64();
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(409, "it holds nothing yet");
        await server.Close(start, 20);
        await server.Feed();
        await PaperServer.SignIn(who, other);

        (await other.Post($"paper/sessions/{id}/close")).Status.ShouldBe(404);
        // Asked for within a candle: its open is past by then, so that it is the next one's that counts.
        server.Clock.Move(TimeSpan.FromMinutes(7));
        (await who.Post($"paper/sessions/{id}/close")).Data.GetProperty("closesByHandSince").GetDateTimeOffset().ShouldBe(server.Clock.GetUtcNow(), TimeSpan.FromSeconds(5));
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(409, "it is asked for already");
        await server.Close(start + 20, 1);
        await server.Feed();
        await PaperServer.SignIn(who);
        (await who.Get($"paper/sessions/{id}")).Data.GetProperty("position").ValueKind.ShouldBe(JsonValueKind.Object);
        // The next process knows only what is in the tables, and another feeds beside it.
        await server.Close(start + 21, 75);
        await Task.WhenAll(server.Feed(), server.Feed());
        await PaperServer.SignIn(who);

        var trade = (await who.Get($"paper/sessions/{id}/trades")).Data.EnumerateArray().First();
        trade.GetProperty("reason").GetString().ShouldBe("manual");
        trade.GetProperty("exitAt").GetDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(all.Times[start + 21]);
        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
        (await who.Get($"paper/sessions/{id}/ledger?limit=200")).Data.EnumerateArray().Count(line => line.GetProperty("kind").GetString() == "manual").ShouldBe(1);

        var report = await server.Report(id);
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
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { direction = "both", closeAtEnd = true } })).Data.GetProperty("id").GetInt64();
        var expected = Backtester.Run(
            StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["period"] = 7 },
            new BacktestInput(Timeframe.M15, new BacktestSymbol("BTC/USDT", all.All().Slice(start - 500, all.Count - start + 500))) { TradeFrom = all.Times[start] }, new BacktestSettings { Direction = TradeDirections.Both });
        // A candle at whose open one position went and the opposite one came.
        var turned = expected.Trades.First(trade => expected.Trades.Any(next => next.EntryTime == trade.ExitTime && next.Side != trade.Side));
        var at = all.Times.BinarySearch(turned.ExitTime);
        await server.Close(start, at - start);
        await server.Feed();
        await PaperServer.SignIn(who);
        server.Clock.Move(TimeSpan.FromMinutes(3));
        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(200);
        await server.Close(at, 3);
        await server.Feed();
        await PaperServer.SignIn(who);

        var session = (await who.Get($"paper/sessions/{id}")).Data;
        session.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
        session.GetProperty("position").GetProperty("side").GetString().ShouldBe(turned.Side == Side.Long ? "short" : "long");
        (await who.Get($"paper/sessions/{id}/ledger")).Data.EnumerateArray().Where(line => line.GetProperty("kind").GetString() == "manual").Select(line => line.GetProperty("text").GetString()).ShouldBe(
            ["What was to be closed by hand was closed already.", "Closing by hand was asked for; it is done at the next open."]);
        (await who.Get($"paper/sessions/{id}/trades")).Data.EnumerateArray().ShouldAllBe(trade => trade.GetProperty("reason").GetString() == "signal");

        (await who.Post($"paper/sessions/{id}/close")).Status.ShouldBe(200);
        (await who.Post($"paper/sessions/{id}/stop")).Data.GetProperty("closesByHandSince").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
