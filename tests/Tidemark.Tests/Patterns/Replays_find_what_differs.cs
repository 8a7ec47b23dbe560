using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Replays;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

public sealed class Replays_find_what_differs(TestPostgres postgres)
{
    static readonly EyeKey Key = new(EyeServer.From, EyeServer.Bitcoin);

    async Task<EyeServer> Watched()
    {
        var server = new EyeServer(postgres);
        await server.InitializeAsync();
        await server.Look(Swings.Of(4 * 1_440, seed: 31).All());
        return server;
    }

    static async Task<ReplayResult> Replay(EyeServer server) =>
        (await server.Services.GetRequiredService<Replay>().RunAndKeep(Key, Swings.Start.AddDays(3), Swings.Start.AddDays(4), default))!;

    [Fact]
    public async Task Nothing_where_nothing_was_rewritten()
    {
        await using var server = await Watched();

        var result = await Replay(server);
        var status = (await server.Http.Get("/api/v1/status")).Data.GetProperty("replay");

        result.Rewritten.ShouldBe(0);
        result.Facts.ShouldBeGreaterThan(50);
        status.GetProperty("text").GetString().ShouldBe($"0 of {result.Facts:N0} rewritten");
    }

    [Fact]
    public async Task A_repaired_candle_is_named_as_the_cause()
    {
        await using var server = await Watched();
        var series = new SeriesKey(EyeServer.From, EyeServer.Bitcoin, Timeframe.M1);
        var from = Swings.Start.AddDays(3).AddHours(2);
        var calm = new CandleSeries();
        for (var i = 0; i < 240; i++)
        {
            calm.Append(new Candle(from.AddMinutes(i).ToUnixTimeMilliseconds(), 40_000, 40_001, 39_999, 40_000, 1));
        }

        await server.Store.Replace(series, from, from.AddHours(4), calm.All(), default);
        var result = await Replay(server);

        result.Rewritten.ShouldBeGreaterThan(0);
        result.Cause.ShouldBe("candles repaired");
        result.Examples.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_pattern_that_vanished_has_no_excuse()
    {
        await using var server = await Watched();
        var day = "known_at >= '2026-03-05Z' AND known_at < '2026-03-06Z'";

        await server.Rows($"SET session_replication_role = replica; DELETE FROM patterns WHERE id = (SELECT min(id) FROM patterns WHERE {day}); SET session_replication_role = origin; SELECT '1'");
        var result = await Replay(server);

        result.Rewritten.ShouldBeGreaterThan(0);
        result.Cause.ShouldBe("unexplained");
        result.Examples.ShouldAllBe(example => example.StartsWith("recomputed only"));
    }

    [Fact]
    public async Task An_operator_has_everything_compared_at_once()
    {
        await using var server = await Watched();

        (await server.Http.Post("/api/v1/scan", "")).Status.ShouldBe(200);
        System.Text.Json.JsonElement run;
        do
        {
            await Task.Delay(50);
            run = (await server.Http.Get("/api/v1/scan")).Data;
        }
        while (run.GetProperty("endedAt").ValueKind == System.Text.Json.JsonValueKind.Null);

        run.GetProperty("error").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        run.GetProperty("rewritten").GetInt64().ShouldBe(0);
        run.GetProperty("compared").GetInt64().ShouldBeGreaterThan(300);
        run.GetProperty("candles").GetInt64().ShouldBe(0);
    }
}
