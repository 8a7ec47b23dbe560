using System.Text.Json;
using Tidemark.Running;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Market.Ingest;

/// <summary>An exchange that gives no candles while the program starts, and gives them later.</summary>
public sealed class A_first_load_that_fails(TestPostgres postgres)
{
    static readonly DateTimeOffset Wanted = new(TimeProvider.System.GetUtcNow().AddDays(-33).UtcDateTime.Date, TimeSpan.Zero);

    sealed class Watching(TestPostgres postgres, SimulatorServer simulator) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["MARKET_SOURCE"] = "simulated",
            ["SIMULATOR_URL"] = simulator.RestAddress.ToString(),
            ["TRADING_PAIRS"] = "BTC/USDT",
            ["FETCH_START_DATE"] = Wanted.ToString("yyyy-MM-dd"),
        };
    }

    [Fact]
    public async Task Is_followed_by_the_older_days_all_the_same()
    {
        await using var simulator = await SimulatorServer.Start(new SimulatorOptions { Instruments = Listing.Of(["BTCUSDT"]) }, TimeProvider.System, CancellationToken.None);
        simulator.Faults.Inject(new Fault(FaultKind.ServerError) { On = "klines", Status = 400 });
        await using var world = new Watching(postgres, simulator);
        await world.InitializeAsync();

        await Until(world, loading => loading.GetProperty("trouble").ValueKind == JsonValueKind.String);
        simulator.Faults.Clear();
        await Until(world, loading => loading.GetProperty("stage").GetString() == "upToDate");

        var first = (await world.Http.Get($"/api/v1/candles/BTC-USDT/1m?limit=1&from={Wanted:yyyy-MM-ddTHH:mm:ssZ}")).Data.GetProperty("candles")[0][0].GetInt64();
        first.ShouldBe(Wanted.ToUnixTimeMilliseconds());
    }

    static async Task Until(Watching world, Func<JsonElement, bool> holds)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await world.Http.Get("/api/v1/markets");
            if (answer.Status == 200 && answer.Data.GetProperty("markets")[0].GetProperty("loading") is { ValueKind: JsonValueKind.Object } loading && holds(loading))
            {
                return;
            }
            attempt.ShouldBeLessThan(1_800, $"never became what was waited for: {answer.Body}");
            await Task.Delay(100);
        }
    }
}
