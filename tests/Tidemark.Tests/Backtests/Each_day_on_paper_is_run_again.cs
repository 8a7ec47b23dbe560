using Microsoft.Extensions.DependencyInjection;
using Tidemark.Backtests.Paper;
using Tidemark.Platform.Jobs;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Backtests;

public sealed class Each_day_on_paper_is_run_again(TestPostgres postgres)
{
    [Fact]
    public async Task A_fill_that_the_program_would_not_make_again_shows_as_such()
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data.GetProperty("id").GetInt64();
        await server.Close(PaperServer.Start, 96);
        await server.Feed();
        // What an older program wrote: another fee on the first trade.
        await server.Execute(
            $$"""
            UPDATE paper_ledger SET entry = jsonb_set(jsonb_set(entry, '{trade,fees}', to_jsonb((entry #>> '{trade,fees}')::float8 + 1)), '{trade,profit}', to_jsonb((entry #>> '{trade,profit}')::float8 - 1))
            WHERE session = {{id}} AND number = (SELECT min(number) FROM paper_ledger WHERE session = {{id}} AND kind = 'trade');
            UPDATE paper_candles SET equity = equity - 1 WHERE session = {{id}} AND equity IS NOT NULL AND open_time >= (SELECT min(at) FROM paper_ledger WHERE session = {{id}} AND kind = 'trade')
            """);

        var report = await server.Report(id);

        report.Agreed.ShouldBeFalse();
        report.Causes.Single(cause => cause.Cause == "fee").Amount.ShouldBe(-1, 1e-6);
        report.Causes.ShouldNotContain(cause => cause.Cause == "data" || cause.Cause == "signal");
    }

    [Fact]
    public async Task One_session_that_cannot_be_re_run_keeps_no_other_from_its_report()
    {
        await using var server = await PaperServer.Begin(postgres);
        using var who = await server.Trader();
        var asked = new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } };
        var broken = (await who.Post("paper/sessions", asked)).Data.GetProperty("id").GetInt64();
        var sound = (await who.Post("paper/sessions", asked)).Data.GetProperty("id").GetInt64();
        await server.Close(PaperServer.Start, 96);
        await server.Feed();
        await server.Execute($$"""UPDATE paper_ledger SET entry = '{"trade": 5}' WHERE session = {{broken}} AND kind = 'trade'""");

        var counts = await ActivatorUtilities.CreateInstance<ParityJob>(server.Services).Run(new JobRun(1, "paper-parity", server.Clock.GetUtcNow()), CancellationToken.None);

        (counts["sessions"], counts["failed"]).ShouldBe((1, 1));
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        (await who.Get($"paper/sessions/{sound}/parity")).Data.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_day_that_was_missed_gets_its_report_once_the_session_took_all_of_it()
    {
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
        using var who = await server.Trader();
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 } })).Data.GetProperty("id").GetInt64();
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(all.Times[start]).UtcDateTime);
        await server.Close(start, 90);
        await server.Feed();

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
        await server.Store.Save(PaperServer.Series, more.All(), CancellationToken.None);
        server.Clock.Move(DateTimeOffset.FromUnixTimeMilliseconds(Timeframe.M15.CloseOf(more.All().Times[^1])).AddHours(1) - server.Clock.GetUtcNow());
        await server.Feed();

        (await Reported(server))["sessions"].ShouldBe(3);

        var table = server.Table;
        (await table.Reports(id, 10, CancellationToken.None)).Select(report => report.Day).ShouldBe([day.AddDays(2), day.AddDays(1), day]);
        (await Reported(server))["sessions"].ShouldBe(0, "each day is reported once");
        // A session that is stopped within a day has its report of that day too.
        await server.Store.Save(PaperServer.Series, new CandleSeries([all[start] with { OpenTime = all.Times[start] + (3 * Timeframe.D1.Milliseconds) }]).All(), CancellationToken.None);
        await server.Feed();
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
        await using var server = await PaperServer.Begin(postgres);
        var (all, start) = (server.All, PaperServer.Start);
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
        var finer = PaperServer.Series with { Timeframe = Timeframe.M1 };
        var id = (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "15m", parameters = new { period = 7 }, settings = new { stop = 0.5 } })).Data.GetProperty("id").GetInt64();
        await server.Store.Save(finer, minutes.All(), CancellationToken.None);
        for (var i = start; i < all.Count; i++)
        {
            await server.Close(i, 1);
            // Nine minutes late, each time.
            server.Clock.Move(TimeSpan.FromMinutes(9));
            await server.Feed();
        }
        var table = server.Table;

        var report = await server.Report(id);

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
        var changed = await server.Report(id);
        changed.Causes.Single(cause => cause.Cause == "data").Text.ShouldContain("(1m)");
    }
}
