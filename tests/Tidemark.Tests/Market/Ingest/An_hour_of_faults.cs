using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Live;
using Tidemark.Platform.Messaging;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Market.Ingest;

/// <summary>
/// The whole program watches a simulated exchange on which everything goes wrong for an hour that passes in a minute and a half,
/// while the database throws its connections out again and again. In the end what is stored is what the exchange holds.
/// </summary>
public sealed class An_hour_of_faults(TestPostgres postgres)
{
    const double Speed = 40;
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 50, 17, TimeSpan.Zero);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly Symbol[] Watched = [new("BTC", "USDT"), new("ETH", "USDT"), new("XRP", "USDT")];

    sealed class FaultyWorld(TestPostgres postgres, FastTime time, SimulatorServer simulator) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["MARKET_SOURCE"] = "simulated",
            ["SIMULATOR_URL"] = simulator.RestAddress.ToString(),
            ["TRADING_PAIRS"] = string.Join(',', Watched),
            ["FETCH_START_DATE"] = "2026-01-26",
        };

        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
    }

    [Fact]
    public async Task What_is_stored_is_what_the_exchange_holds()
    {
        var time = new FastTime(Start, Speed);
        var limits = new ServerLimits { WeightAMinute = 400, OnTheWay = TimeSpan.FromSeconds(8) };
        await using var simulator = await SimulatorServer.Start(new SimulatorOptions { Instruments = Listing.Of(Watched.Select(symbol => symbol.Joined)), Limits = limits }, time, CancellationToken.None);
        await using var world = new FaultyWorld(postgres, time, simulator);
        await world.InitializeAsync();
        var told = new ConcurrentQueue<(SeriesKey, long)>();
        await using var hearing = world.Services.GetRequiredService<IEventBus>().Subscribe<CandleClosed>((news, _) =>
        {
            told.Enqueue((news.Series, news.Candle.OpenTime));
            return ValueTask.CompletedTask;
        });

        simulator.Faults.Follow(Schedule());
        using var ending = new CancellationTokenSource();
        var reading = ReadBooks(world, time, ending.Token);
        for (var minutes = 0; minutes < Hour.TotalMinutes; minutes += 12)
        {
            await Task.Delay(TimeSpan.FromMinutes(12), time, CancellationToken.None);
            await ThrowConnectionsOut(world);
        }
        simulator.Faults.Clear();
        await ending.CancelAsync();
        await reading;
        var until = Timeframe.M1.Floor(time.GetUtcNow());

        var store = world.Services.GetRequiredService<CandleStore>();
        foreach (var symbol in Watched)
        {
            var truth = Truth.Minutes(simulator, symbol, new DateTimeOffset(2026, 1, 26, 0, 0, 0, TimeSpan.Zero), until);
            foreach (var timeframe in Timeframe.Standard)
            {
                var expected = timeframe == Timeframe.M1 ? truth : Truth.Longer(truth, timeframe);
                (await StoredOnce(store, new SeriesKey(MarketConnection.Simulated, symbol, timeframe), expected)).ShouldBe(expected, $"{symbol} {timeframe}");
            }
        }
        FaultSchedule.Kinds.Where(kind => !simulator.Faults.Struck.ContainsKey(kind)).ShouldBeEmpty("Every kind of fault is to have struck.");
        foreach (var series in told.ToArray().GroupBy(one => one.Item1, one => one.Item2))
        {
            // Each candle that closed since the program was up to date was told, once and in order, whatever happened to the stream.
            series.ShouldBe(Enumerable.Range(0, series.Count()).Select(i => series.Min() + (i * series.Key.Timeframe.Milliseconds)), $"{series.Key}");
        }
        told.Count(one => one.Item1.Timeframe == Timeframe.M1).ShouldBeGreaterThan(Watched.Length * 50);
        simulator.Sightings.RequestsInsideBans.ShouldBe(0);
        simulator.Sightings.HighestWeight.ShouldBeLessThanOrEqualTo(limits.WeightAMinute * 4 / 5);
        (await Quarantined(world)).ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// Every kind of fault, and a cut stream wherever new ones are refused, so that there is something to refuse. Towards the end every
    /// candle is bad for three minutes, closed ones too: elsewhere chance may spoil only those that are not closed, which nobody keeps.
    /// </summary>
    static IEnumerable<ScheduledFault> Schedule()
    {
        var seeded = FaultSchedule.Seeded(seed: 20_261_121, Hour);
        return seeded.Concat(seeded.Where(one => one.Fault.Kind == FaultKind.RefuseConnection)
            .Select(one => new ScheduledFault(one.At + TimeSpan.FromSeconds(1), new Fault(FaultKind.Disconnect) { Times = 1, On = "stream" })))
            .Append(new ScheduledFault(Hour - TimeSpan.FromMinutes(6), new Fault(FaultKind.BadCandle) { Lasts = TimeSpan.FromMinutes(3) }));
    }

    /// <summary>People look at order books meanwhile, so that the exchange is asked all the time.</summary>
    static async Task ReadBooks(FaultyWorld world, FastTime time, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            (await world.Http.Get("/api/v1/orderbook/BTC-USDT")).Status.ShouldBeOneOf(200, 503);
            await Task.Delay(TimeSpan.FromSeconds(12), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is stored once it has as many candles as expected; after a good while, whatever there is.</summary>
    static async Task<List<Candle>> StoredOnce(CandleStore store, SeriesKey key, List<Candle> expected)
    {
        for (var attempt = 0; ; attempt++)
        {
            var stored = (await store.ReadTable(key, CandleTable.TimeOf(expected[0].OpenTime), CandleTable.TimeOf(expected[^1].OpenTime + 1), CancellationToken.None)).List();
            if (attempt == 600 || stored.SequenceEqual(expected))
            {
                return stored;
            }
            await Task.Delay(200);
        }
    }

    static async Task ThrowConnectionsOut(FaultyWorld world)
    {
        await using var command = world.Source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> Quarantined(FaultyWorld world)
    {
        await using var command = world.Source.CreateCommand("SELECT count(*) FROM candle_quarantine");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
