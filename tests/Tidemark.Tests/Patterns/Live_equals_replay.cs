using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Exchanges;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Replays;
using Tidemark.Running;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Patterns;

/// <summary>
/// An hour of the simulated market passes in a minute while everything goes wrong, and the eyes watch it live. Afterwards the stored candles
/// are looked at in one run, and what comes out is what was stored while it happened.
/// </summary>
public sealed class Live_equals_replay(TestPostgres postgres)
{
    const double Speed = 60;
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 50, 17, TimeSpan.Zero);
    static readonly Symbol[] Watched = [new("BTC", "USDT"), new("ETH", "USDT"), new("XRP", "USDT")];

    sealed class FaultyWorld(TestPostgres postgres, FastTime time, SimulatorServer simulator) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["MARKET_SOURCE"] = "simulated",
            ["SIMULATOR_URL"] = simulator.RestAddress.ToString(),
            ["TRADING_PAIRS"] = string.Join(',', Watched),
            ["FETCH_START_DATE"] = "2026-02-20",
        };

        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
    }

    [Fact]
    public async Task Through_an_hour_of_faults()
    {
        var time = new FastTime(Start, Speed);
        await using var simulator = await SimulatorServer.Start(new SimulatorOptions { Instruments = Listing.Of(Watched.Select(symbol => symbol.Joined)) }, time, CancellationToken.None);
        await using var world = new FaultyWorld(postgres, time, simulator);
        await world.InitializeAsync();
        var room = world.Services.GetRequiredService<EyeRoom>();
        await Until(() => room.All.Count() == Watched.Length && room.All.All(keeper => keeper.ProcessedUntil > Start.AddMinutes(-5)));

        simulator.Faults.Follow(FaultSchedule.Seeded(seed: 20_261_121, TimeSpan.FromMinutes(50)));
        for (var part = 0; part < 4; part++)
        {
            await Task.Delay(TimeSpan.FromMinutes(14), time, CancellationToken.None);
            await ThrowConnectionsOut(world);
        }
        simulator.Faults.Clear();
        await Until(() => room.All.All(keeper => keeper.ProcessedUntil > Start.AddMinutes(60)));
        await world.Stop();
        // What was thrown out last still lies in the pool.
        world.Source.Clear();

        foreach (var symbol in Watched)
        {
            var key = new EyeKey(MarketConnection.Simulated, symbol);
            var result = (await world.Services.GetRequiredService<Replay>().Run(key, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default))!;
            result.Examples.ShouldBeEmpty($"{symbol}: {result.Cause}");
            result.Rewritten.ShouldBe(0);
            result.Facts.ShouldBeGreaterThan(300);
            result.Until.ShouldBeGreaterThan(Start.AddMinutes(60));
        }
        (await Count(world, "SELECT count(*) FROM patterns WHERE known_at > '2026-03-02 09:55Z'")).ShouldBeGreaterThan(10);
        (await Count(world, "SELECT count(*) FROM signals WHERE NOT retrospective")).ShouldBeGreaterThan(0);
    }

    static async Task Until(Func<bool> holds)
    {
        for (var attempt = 0; !holds(); attempt++)
        {
            attempt.ShouldBeLessThan(900);
            await Task.Delay(100);
        }
    }

    static async Task ThrowConnectionsOut(FaultyWorld world)
    {
        await using var alone = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(world.Source.ConnectionString) { Pooling = false }.ConnectionString);
        await alone.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", alone);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> Count(FaultyWorld world, string sql)
    {
        await using var command = world.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
