using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Platform.Api;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

public sealed class Who_asks_is_told_of_patterns_and_signals(TestPostgres postgres)
{
    static async Task<AlertServer> Start(TestPostgres postgres)
    {
        var server = new AlertServer(postgres);
        await server.InitializeAsync();
        await server.OpenMarket();
        return server;
    }

    static async Task Ask(Visitor who, object wishes)
    {
        var set = await who.Put("notifications/channels/IN_APP", wishes);
        set.Status.ShouldBe(200, set.Body.ToString());
    }

    [Fact]
    public async Task Patterns_go_to_those_who_chose_them_by_direction_and_agreement()
    {
        await using var server = await Start(postgres);
        using var bullish = await Visitor.SignUp(server, Plan.Premium);
        using var agreed = await Visitor.SignUp(server, Plan.Premium);
        using var everything = await Visitor.SignUp(server, Plan.Premium);
        await Ask(bullish, new { enabled = true, kinds = new[] { "PATTERN" }, direction = "BULLISH" });
        await Ask(agreed, new { enabled = true, kinds = new[] { "PATTERN" }, leastConfluence = 2 });
        await Ask(everything, new { enabled = true });
        var known = Timeframe.M1.Floor(server.Clock.GetUtcNow());
        await Pattern(server, known.AddMinutes(-1), "bearish", 60);
        await Pattern(server, known, "bullish");
        await Pattern(server, known, "bearish");

        await AlertServer.Until(async () => await server.Scalar<long>("SELECT count(*) FROM notifications") == 2, "both are told");
        await Task.Delay(3_000);

        (await Told(server, bullish)).ShouldBe(["PATTERN BULLISH 1"]);
        (await Told(server, agreed)).ShouldBe(["PATTERN BEARISH 2"]);
        (await Told(server, everything)).ShouldBeEmpty("patterns are told to who chose them by name");
    }

    [Fact]
    public async Task However_much_a_close_brings_a_person_gets_a_few_and_once()
    {
        await using var server = await Start(postgres);
        using var who = await Visitor.SignUp(server, Plan.Premium);
        await Ask(who, new { enabled = true, kinds = new[] { "PATTERN" } });
        var known = Timeframe.M1.Floor(server.Clock.GetUtcNow());
        for (var i = 0; i < 30; i++)
        {
            await Pattern(server, known, i % 2 == 0 ? "bullish" : "bearish", 1 + i);
        }

        await AlertServer.Until(async () => await server.Scalar<long>("SELECT count(*) FROM notifications") == 6, "five, and one for the others");
        await Task.Delay(5_000);

        (await server.Scalar<long>("SELECT count(*) FROM notifications")).ShouldBe(6);
        (await server.Scalar<long>("SELECT count(*) FROM notifications WHERE cause LIKE 'morePatterns:%'")).ShouldBe(1);
    }

    [Fact]
    public async Task Signals_go_to_who_left_them_on_within_the_plan_and_late_ones_to_nobody()
    {
        await using var server = await Start(postgres);
        using var who = await Visitor.SignUp(server, Plan.Premium);
        using var free = await Visitor.SignUp(server, Plan.Free);
        using var never = await Visitor.SignUp(server, Plan.Premium);
        await Ask(who, new { enabled = true, leastConfluence = 3 });
        await Ask(free, new { enabled = true });
        var known = Timeframe.M1.Floor(server.Clock.GetUtcNow());
        await Signal(server, known.AddMinutes(-1), "bullish", 3, isRetrospective: true);
        await Signal(server, known, "bullish", 2);
        await Signal(server, known, "bearish", 4);

        await AlertServer.Until(async () => await server.Scalar<long>("SELECT count(*) FROM notifications") >= 1, "it is told");
        await Task.Delay(3_000);

        (await Told(server, who)).ShouldBe(["SIGNAL BEARISH 4"]);
        (await Told(server, free)).ShouldBeEmpty();
        (await Told(server, never)).ShouldBeEmpty("who never set anything asked for nothing");
    }

    static async Task<List<string>> Told(AlertServer server, Visitor who)
    {
        await using var select = server.Source.CreateCommand($"SELECT kind || ' ' || direction || ' ' || confluence FROM notifications WHERE user_id = {who.Id} ORDER BY id");
        await using var rows = await select.ExecuteReaderAsync();
        var told = new List<string>();
        while (await rows.ReadAsync())
        {
            told.Add(rows.GetString(0));
        }
        return told;
    }

    static async Task Pattern(AlertServer server, DateTimeOffset known, string direction, int timeframe = 1) => await Insert(
        server,
        """
        INSERT INTO patterns (source, symbol, recorded_at, timeframe, kind, direction, known_at, anchor_at, first_at, confirmed_at, expires_at, bottom, top, rule, parameters, strength, confirming_close, status)
        VALUES ($1, $2, $3, $4, 'FVG', $5, $6, $6, $6, $6, $7, 99, 100, 'test', '', 50, 100, 'active')
        """,
        server.Clock.GetUtcNow(), (short)timeframe, direction, known, known.AddDays(1));

    static async Task Signal(AlertServer server, DateTimeOffset known, string direction, int score, bool isRetrospective = false) => await Insert(
        server,
        """
        INSERT INTO signals (source, symbol, issued_at, changed_at, timeframe, direction, known_at, valid_until, score, retrospective, entry, stop, risk_percent, targets, enters_at_once, origin, class, status, rule, basis)
        VALUES ($1, $2, $3, $3, 60, $4, $5, $6, $7, $8, 100, 99, 1, ARRAY[101], false, 'smc', 'strong', 'open', 'test', '[]')
        """,
        server.Clock.GetUtcNow(), direction, known, known.AddDays(1), (short)score, isRetrospective);

    static async Task Insert(AlertServer server, string sql, params object[] values)
    {
        var id = await server.Services.GetRequiredService<SeriesCatalog>().IdOf(new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1), CancellationToken.None);
        await using var insert = server.Source.CreateCommand(sql);
        foreach (var value in (object[])[id.Source, id.Symbol, .. values])
        {
            insert.Parameters.Add(new() { Value = value });
        }
        await insert.ExecuteNonQueryAsync();
    }
}
