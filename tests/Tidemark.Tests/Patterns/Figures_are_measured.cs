using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market;
using Tidemark.Patterns.Statistics;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Signals.Reading;

namespace Tidemark.Patterns;

public sealed class Figures_are_measured(TestPostgres postgres)
{
    [Fact]
    public async Task Over_the_whole_of_history_and_shown_beside_each_pattern()
    {
        await using var server = new EyeServer(postgres);
        await server.InitializeAsync();
        var minutes = Swings.Of(10 * 1_440, seed: 41);
        await server.Look(minutes.All());

        (await server.Services.GetRequiredService<PatternStatistics>().Refresh(all: true, default)).ShouldBe(1);
        var answer = (await server.Http.Get("/api/v1/pattern-stats?symbol=BTC-USDT")).Data;
        var pooled = (await server.Http.Get("/api/v1/pattern-stats")).Data;
        var pattern = (await server.Http.Get("/api/v1/patterns?status=all&timeframe=1m&limit=1")).Data[0];

        // The same counted without the program around it.
        var symbol = new SymbolPatterns(Timeframe.M1, [Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1, Timeframe.H4, Timeframe.D1], costPerSide: 0.001);
        var signals = new List<Signal>();
        for (var i = 0; i < minutes.Count; i++)
        {
            symbol.Next(minutes[i], signals);
        }
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            var (group, expected) = symbol.Record.Groups.Single(one => $"{one.Key.Kind} {one.Key.Timeframe} {one.Key.Direction}".Equals($"{row.GetProperty("kind").GetString()} {row.GetProperty("timeframe").GetString()} {row.GetProperty("direction").GetString()}", StringComparison.OrdinalIgnoreCase));
            var record = row.GetProperty("record");
            record.GetProperty("cases").GetInt32().ShouldBe(expected.Cases, $"{group}");
            record.GetProperty("isEnough").GetBoolean().ShouldBe((expected.TargetBeforeStop?.Cases ?? 0) >= 30);
            (record.GetProperty("hitRate").ValueKind == System.Text.Json.JsonValueKind.Number).ShouldBe(record.GetProperty("isEnough").GetBoolean());
            if (record.GetProperty("isEnough").GetBoolean())
            {
                record.GetProperty("hitRate").GetDouble().ShouldBe(expected.TargetBeforeStop!.Value.Estimate, 1e-3);
                record.GetProperty("hitRateLow").GetDouble().ShouldBe(expected.TargetBeforeStop!.Value.Low, 1e-3);
            }
        }
        answer.GetProperty("rows").GetArrayLength().ShouldBe(symbol.Record.Groups.Count);
        answer.GetProperty("rows").EnumerateArray().Count(row => row.GetProperty("record").GetProperty("isEnough").GetBoolean()).ShouldBeGreaterThan(3);
        answer.GetProperty("provenance").GetString().ShouldBe("synthetic");
        answer.GetProperty("independentConfirmations").GetDouble().ShouldBeInRange(1, 6);
        pooled.GetProperty("scope").GetString().ShouldBe("all symbols");
        pooled.GetProperty("classes").GetArrayLength().ShouldBeGreaterThan(1);
        pattern.GetProperty("record").GetProperty("provenance").GetString().ShouldBe("synthetic");
        answer.GetProperty("progress").GetProperty("computedAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        (await server.Services.GetRequiredService<PatternStatistics>().Refresh(all: false, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_signals_by_origin_and_class()
    {
        await using var server = new EyeServer(postgres);
        await server.InitializeAsync();
        await server.Look(Swings.Of(20 * 1_440, seed: 43).All(), new Symbol("ETH", "USDT"));
        await server.Services.GetRequiredService<SignalRecords>().Load(default);

        var signals = (await server.Http.Get("/api/v1/signals?symbol=ETH-USDT&origin=strategy&limit=1")).Data;
        var agreed = (await server.Http.Get("/api/v1/signals?symbol=ETH-USDT&origin=smc&limit=200")).Data;

        var record = signals[0].GetProperty("record");
        var ended = await server.Scalar<long>("SELECT count(*) FROM signals WHERE origin = 'strategy' AND ended_at IS NOT NULL");
        var (hits, misses) = (await server.Scalar<long>("SELECT count(*) FROM signals WHERE origin = 'strategy' AND targets_hit > 0 AND ended_at IS NOT NULL"), await server.Scalar<long>("SELECT count(*) FROM signals WHERE origin = 'strategy' AND targets_hit = 0 AND status = 'stopped'"));
        record.GetProperty("cases").GetInt64().ShouldBe(ended);
        record.GetProperty("decided").GetInt64().ShouldBe(hits + misses);
        record.GetProperty("isEnough").GetBoolean().ShouldBeTrue();
        record.GetProperty("hitRate").GetDouble().ShouldBe((double)hits / (hits + misses), 1e-4);
        record.GetProperty("expectancyR").GetDouble().ShouldBe(await server.Scalar<double>("SELECT avg(outcome) FROM signals WHERE origin = 'strategy' AND outcome IS NOT NULL"), 1e-3);
        record.GetProperty("provenance").GetString().ShouldBe("synthetic");
        foreach (var one in agreed.EnumerateArray().Select(signal => signal.GetProperty("record")).Where(one => one.ValueKind == System.Text.Json.JsonValueKind.Object))
        {
            (one.GetProperty("hitRate").ValueKind == System.Text.Json.JsonValueKind.Number).ShouldBe(one.GetProperty("decided").GetInt32() >= 30);
        }
    }
}
