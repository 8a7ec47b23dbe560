using System.Diagnostics;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Candles;

/// <summary>The candle store on a private PostgreSQL with its usual settings: a year of five symbols in, one symbol's year out.</summary>
static class CandleSuite
{
    const int Symbols = 5;
    const int RowsPerSecond = 250_000;
    const int RivalRows = 20_000;
    const int Chart = 500;
    static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly MarketSource Source = new("bench", Provenance.Synthetic);

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            var years = Enumerable.Range(0, Symbols).Select(symbol => Shifted(Bench.Market.Minutes(seed: symbol))).ToList();
            var written = await Write(folder.FullName, years);
            return [.. written, .. await Read(folder.FullName, years[0])];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static SeriesKey Key(int symbol) => new(Source, new Symbol($"S{symbol}", "USDT"), Timeframe.M1);

    static async Task<List<Measurement>> Write(string folder, List<CandleSeries> years)
    {
        await using var room = await Room.Open(folder);
        var rows = years.Sum(year => year.Count);
        var bulk = await Timed(() => Parallel.ForAsync(0, Symbols, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (symbol, stop) =>
            await room.Store.SaveInBulk(Key(symbol), years[symbol].All(), stop)));
        var again = await Timed(async () => await room.Store.SaveInBulk(Key(0), years[0].All(), default));
        var live = await Timed(async () => await room.Store.Save(new(Source, new Symbol("LIVE", "USDT"), Timeframe.M1), years[0].Slice(0, 100_000), default));
        var rival = await Rival.Insert(room.Source, years[0].Slice(0, RivalRows)) / RivalRows;
        Console.WriteLine($"Bulk load: {rows / bulk * 1_000:N0} rows/s. Batches of {CandleStore.BatchSize:N0}: {100_000 / live * 1_000:N0} rows/s. EF: {1_000 / rival:N0} rows/s.\n");
        return
        [
            new($"{rows:N0} minutes stored in bulk", bulk, "ms", rows * 1_000.0 / RowsPerSecond, $"{RowsPerSecond:N0} rows/s"),
            new("the same, a row", bulk * 1_000 / rows, "µs", rival * 1_000, "EF inserts"),
            new("100,000 minutes in batches of 10,000, a row", live * 1_000 / 100_000, "µs", rival * 1_000, "EF inserts"),
            new("a year stored again, a row", again * 1_000 / years[0].Count, "µs", rival * 1_000, "EF inserts"),
        ];
    }

    static async Task<List<Measurement>> Read(string folder, CandleSeries year)
    {
        // The server starts anew: what it had in its buffers is gone. A short read of another series leaves the compiler out of the figure.
        await using var room = await Room.Open(folder);
        var (from, until) = (Start, Start.AddMinutes(year.Count));
        await room.Store.ReadTable(Key(Symbols - 1), from, from.AddMinutes(Chart), default);
        var first = await Timed(async () => Check((await room.Store.ReadTable(Key(0), from, until, default)).Count, year.Count));
        var cold = Clock.Median(() => room.Store.ReadTable(Key(0), from, until, default).GetAwaiter().GetResult());
        var rival = await Rival.Read(room.Source, year);
        var newest = Clock.Median(() => room.Store.Newest(Key(0), Chart, default).GetAwaiter().GetResult());
        room.Hot.Trust();
        await room.Store.Load(Key(0), from, until, default);
        var hot = Clock.Median(() => Check(room.Store.Load(Key(0), from, until, default).GetAwaiter().GetResult().Count, year.Count));
        var hotNewest = Clock.Median(() => Check(room.Store.Newest(Key(0), Chart, default).GetAwaiter().GetResult().Count, Chart));
        return
        [
            new("a year of minutes, first read of a fresh server", first, "ms", 500, "limit"),
            new("a year of minutes from the table", cold, "ms", 500, "limit"),
            new("a year of minutes from the table", cold, "ms", rival, "EF, no tracking"),
            new("a year of minutes from memory", hot * 1_000, "µs", 5_000, "limit"),
            new($"last {Chart} candles from memory", hotNewest * 1_000, "µs", newest * 1_000, "from the table"),
        ];
    }

    static CandleSeries Shifted(CandleSeries minutes)
    {
        var shifted = new CandleSeries(minutes.Count);
        for (var i = 0; i < minutes.Count; i++)
        {
            shifted.Append(minutes[i] with { OpenTime = minutes[i].OpenTime + Start.ToUnixTimeMilliseconds() });
        }
        return shifted;
    }

    static void Check(int count, int expected) => Debug.Assert(count == expected, "Everything stored is read.");

    static async Task<double> Timed(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    sealed class Room : IAsyncDisposable
    {
        readonly PrivatePostgres _server;

        Room(PrivatePostgres server)
        {
            _server = server;
            Source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
            Store = new CandleStore(Source, new SeriesCatalog(Source, TimeProvider.System), new CandlePartitions(Source), Hot, TimeProvider.System);
        }

        public NpgsqlDataSource Source { get; }
        public HotCandles Hot { get; } = new(10_000_000);
        public CandleStore Store { get; }

        public static async Task<Room> Open(string folder)
        {
            var room = new Room(await PrivatePostgres.Open(folder, SettingsSource.FindHome(), TimeProvider.System, CancellationToken.None));
            await new Migrator(room.Source, Migration.All, TimeProvider.System).Apply(CancellationToken.None);
            return room;
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            await _server.DisposeAsync();
            Hot.Dispose();
        }
    }
}
