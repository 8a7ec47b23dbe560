using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

public sealed class What_happened_meanwhile_is_found(TestPostgres postgres)
{
    sealed class Second(TestPostgres postgres, string database) : AlertServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["DATABASE_URL"] = database };
    }

    [Fact]
    public async Task A_price_that_was_there_while_the_program_was_not_is_told_late_and_once()
    {
        await using var first = new AlertServer(postgres);
        await first.InitializeAsync();
        using var who = await first.Trader();
        var above = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 120 });
        var told = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 101 });
        var crossing = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_CROSSES", threshold = 110, repeat = "EVERY_TIME", cooldownMinutes = 1 });
        var formula = await first.Make(who, new { symbol = "BTC/USDT", condition = "FORMULA", formula = "close > 105 and close[1] < 105", timeframe = "1m" });
        // Two whose time is over when the program comes back: one became true before.
        var end = first.Clock.GetUtcNow().AddMinutes(4);
        var inTime = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 120, expiresAt = end });
        var ended = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 500, expiresAt = end });
        var never = await first.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_BELOW", threshold = 50 });
        var opens = Timeframe.M1.Floor(first.Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        first.Clock.Move(TimeSpan.FromMinutes(1));
        await first.Tick(102);
        await first.Close(new Candle(opens, 100, 102, 100, 102, 1));
        await first.History(who, 1);
        await AlertServer.Until(async () => await first.Scalar<long>($"SELECT count(*) FROM alert_progress WHERE timeframe = 1 AND judged_until = to_timestamp({(opens / 1000) + 60})") == 1, "the minute is judged");
        await first.Stop();

        await using var second = new Second(postgres, first.Source.ConnectionString);
        await second.InitializeAsync();
        second.Clock.Move(TimeSpan.FromMinutes(6));
        Candle[] meanwhile = [Minute(1, 102, 102, 102), Minute(2, 102, 125, 101), Minute(3, 101, 104, 101), Minute(4, 104, 112, 111), Minute(5, 111, 111, 111)];
        second.Services.GetRequiredService<SourceInUse>().Current = AlertServer.From;
        await AlertServer.Until(() => second.Engine.IsJudging, "the second took over");
        await second.Close(meanwhile);

        var expected = new[] { (told, false), (above, true), (crossing, true), (crossing, true), (formula, true), (inTime, true) };
        await AlertServer.Until(async () => await second.Scalar<long>("SELECT count(*) FROM alert_triggers") >= expected.Length, "all are found");
        await Task.Delay(300);
        (await Triggers(second)).ShouldBe(expected.OrderBy(one => one.Item1).ThenBy(one => one.Item2));
        var bars = await Bars(second, crossing);
        bars.ShouldBe([2, 4]);
        (await second.Scalar<long>($"SELECT count(*) FROM notifications WHERE user_id = {who.Id}")).ShouldBe(expected.Length);
        (await second.Scalar<string>($"SELECT status FROM alerts WHERE id = {never}")).ShouldBe("ACTIVE");
        (await second.Scalar<string>($"SELECT status FROM alerts WHERE id = {inTime}")).ShouldBe("TRIGGERED");
        await AlertServer.Until(async () => await second.Scalar<string>($"SELECT status FROM alerts WHERE id = {ended}") == "EXPIRED", "the other ends once its time was judged");

        Candle Minute(int place, double open, double extreme, double close) =>
            new(opens + (place * 60_000), open, Math.Max(Math.Max(open, close), extreme), Math.Min(Math.Min(open, close), extreme), close, 1);

        async Task<List<long>> Bars(AlertServer server, long alert)
        {
            await using var command = server.Source.CreateCommand($"SELECT (extract(epoch FROM bar)::bigint * 1000 - {opens}) / 60000 FROM alert_triggers WHERE alert_id = {alert} ORDER BY 1");
            await using var rows = await command.ExecuteReaderAsync();
            var found = new List<long>();
            while (await rows.ReadAsync())
            {
                found.Add(rows.GetInt64(0));
            }
            return found;
        }
    }

    static async Task<List<(long, bool)>> Triggers(AlertServer server)
    {
        await using var command = server.Source.CreateCommand("SELECT alert_id, late FROM alert_triggers ORDER BY alert_id, late");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(long, bool)>();
        while (await rows.ReadAsync())
        {
            found.Add((rows.GetInt64(0), rows.GetBoolean(1)));
        }
        return found;
    }

    [Fact]
    public async Task A_node_that_lost_its_right_while_it_slept_writes_nothing()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 120 });
        await server.Tick(100);
        await server.Execute("UPDATE alert_engine SET fence = fence + 1, holder = 'another', held_until = now() + interval '1 hour'");

        await server.Tick(121);

        await AlertServer.Until(() => !server.Engine.IsJudging, "it notices");
        (await server.Scalar<long>("SELECT count(*) FROM alert_triggers")).ShouldBe(0);
        await server.Execute("UPDATE alert_engine SET held_until = '-infinity'");
        await AlertServer.Until(() => server.Engine.IsJudging, "it judges again once the other is gone");
        await server.Tick(100);
        await AlertServer.Until(
            async () =>
            {
                await server.Tick(122);
                return await server.Scalar<long>("SELECT count(*) FROM alert_triggers") == 1;
            },
            "it is told now");
    }

    [Fact]
    public async Task A_database_that_is_away_delays_and_one_trigger_it_refuses_holds_up_no_other()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        var refused = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 110 });
        var told = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 111 });
        await Refuse(server, "refuses", refused, "23514");
        await server.Tick(100);
        await server.Tick(112);
        (await server.History(who, 1)).ShouldHaveSingleItem().GetProperty("alertId").GetInt64().ShouldBe(told);

        var later = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_BELOW", threshold = 105 });
        await Refuse(server, "is_away", later, "53100");
        await server.Tick(104);
        await Task.Delay(400);
        (await server.History(who, 1)).Count.ShouldBe(1, "nothing is dropped while there is no room");
        await server.Execute("DROP TRIGGER is_away ON alert_triggers");
        (await server.History(who, 2))[0].GetProperty("alertId").GetInt64().ShouldBe(later);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_takes_nobodys_right_and_what_was_found_waits_for_it()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        var found = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 110 });
        await server.Tick(100);
        await Refuse(server, "is_full", found, "53100");
        await server.Execute(
            """
            CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'shutting down' USING ERRCODE = '57P03'; END $$;
            CREATE TRIGGER away BEFORE UPDATE ON alert_engine FOR EACH ROW EXECUTE FUNCTION away()
            """);

        await server.Tick(112);
        server.Clock.Move(TimeSpan.FromSeconds(4));
        await Task.Delay(2_500);
        server.Engine.IsJudging.ShouldBeTrue();
        await server.Tick(100);
        await server.Execute("DROP TRIGGER away ON alert_engine; DROP TRIGGER is_full ON alert_triggers");

        // No minute was stored: only the tick can have told.
        var told = (await server.History(who, 1)).ShouldHaveSingleItem();
        told.GetProperty("alertId").GetInt64().ShouldBe(found);
        (await server.Scalar<double>("SELECT price FROM alert_triggers")).ShouldBe(112);
        server.Engine.IsJudging.ShouldBeTrue();
    }

    /// <summary>Makes the database refuse an alert's triggers, for what it is or for want of room.</summary>
    static Task Refuse(AlertServer server, string name, long alert, string state) => server.Execute(
        $"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$;
        CREATE TRIGGER {name} BEFORE INSERT ON alert_triggers FOR EACH ROW WHEN (NEW.alert_id = {alert}) EXECUTE FUNCTION {name}()
        """);

    [Fact]
    public async Task Old_or_unlikely_prices_trigger_nothing_and_what_is_not_judged_says_so()
    {
        await using var server = new AlertServer(postgres);
        await server.InitializeAsync();
        using var who = await server.Trader();
        await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 105 });
        await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 900 });
        await server.Tick(100);
        await server.Tick(106, at: server.Clock.GetUtcNow().AddMinutes(-1));
        await server.Tick(1_000);
        await server.Tick(100);
        await server.Tick(104);
        await Task.Delay(300);
        (await server.Scalar<long>("SELECT count(*) FROM alert_triggers")).ShouldBe(0);

        var bad = Timeframe.M1.Floor(server.Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        server.Clock.Move(TimeSpan.FromMinutes(5));
        await server.Close(new Candle(bad, 100, 90, 110, 100, 1));
        JsonElement why = default;
        await AlertServer.Until(
            async () =>
            {
                why = (await who.Get("alerts/me")).Data.GetProperty("alerts")[0].GetProperty("notJudged");
                return why.ValueKind == JsonValueKind.Object && why.GetProperty("reason").GetString()!.Contains("not credible", StringComparison.Ordinal);
            },
            "it says so",
            seconds: 40);
        why.GetProperty("since").GetDateTimeOffset().ShouldBeLessThan(server.Clock.GetUtcNow().AddMinutes(-3));

        await server.Tick(1_000);
        await server.Tick(1_001);
        (await server.History(who, 2)).Count.ShouldBe(2, "a second tick confirms the first");
    }
}
