using System.Text.Json;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Simulator;

namespace Tidemark.Patterns;

public sealed class Scans_are_told_step_by_step(TestPostgres postgres)
{
    sealed class Fetching(TestPostgres postgres, SimulatorServer simulator) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["ALLOW_UNAUTHENTICATED_API"] = "true",
            ["ROLES"] = "web",
            ["MARKET_SOURCE"] = "simulated",
            ["SIMULATOR_URL"] = simulator.RestAddress.ToString(),
            ["TRADING_PAIRS"] = "BTC/USDT",
            ["FETCH_START_DATE"] = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd"),
        };
    }

    [Fact]
    public async Task A_scan_looks_at_what_is_new_and_compares_what_was_seen()
    {
        await using var server = new EyeServer(postgres);
        await server.InitializeAsync();
        var minutes = Swings.Of(3 * 1_440, seed: 51);
        await server.Look(minutes.Slice(0, 2 * 1_440));
        await server.Store.Save(new(EyeServer.From, EyeServer.Bitcoin, Timeframe.M1), minutes.Slice(2 * 1_440, 1_440), default);

        var begun = await server.Http.Post("/api/v1/scan", new { });
        var done = await Done(server);

        begun.Data.GetProperty("stage").GetString().ShouldBe("waiting");
        done.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        done.GetProperty("candles").GetInt64().ShouldBe(1_440);
        done.GetProperty("changes").GetInt64().ShouldBeGreaterThan(0);
        done.GetProperty("compared").GetInt64().ShouldBeGreaterThan(300);
        done.GetProperty("rewritten").GetInt64().ShouldBe(0);

        var before = await server.Everything();
        await server.Http.Post("/api/v1/scan", new { });
        (await Done(server)).GetProperty("changes").GetInt64().ShouldBe(0);
        (await server.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_fetches_first()
    {
        await using var simulator = await SimulatorServer.Start(new SimulatorOptions(), TimeProvider.System, CancellationToken.None);
        await using var server = new Fetching(postgres, simulator);
        await server.InitializeAsync();

        (await server.Http.Post("/api/v1/scan/run", new { })).Status.ShouldBe(200);
        var run = await Done(server);

        run.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null, run.ToString());
        run.GetProperty("fetched").GetInt64().ShouldBeGreaterThan(1_000);
        run.GetProperty("compared").GetInt64().ShouldBeGreaterThan(50);
        run.GetProperty("rewritten").GetInt64().ShouldBe(0);
        (await server.Http.Get("/api/v1/patterns?symbol=BTC-USDT&status=all")).Data.GetArrayLength().ShouldBeGreaterThan(10);

        (await server.Http.Post("/api/v1/fetch", new { })).Status.ShouldBe(200);
        (await Done(server)).GetProperty("fetched").GetInt64().ShouldBeLessThan(10);
    }

    static async Task<JsonElement> Done(RunningServer server)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var run = (await server.Http.Get("/api/v1/scan")).Data;
            if (run.GetProperty("stage").GetString() == "done")
            {
                return run;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The run does not end.");
    }
}
