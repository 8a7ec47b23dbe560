using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Replays;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Eye;

/// <summary>The live eye in the real program: a scan of all history, the way of a close to a browser's socket, and the dashboard's answer.</summary>
static class EyeSuite
{
    /// <summary>A server that scans has run for a while: what it looks at before the clock starts.</summary>
    const int WarmUp = 4;

    const int Symbols = 50, Days = 90, Closes = 60, Requests = 1_000, ManySymbols = 500;
    static readonly MarketSource From = new("made-up", Provenance.Recorded);
    static readonly DateTimeOffset End = Timeframe.H4.Floor(TimeProvider.System.GetUtcNow());

    /// <summary>The time of the program: history ends now, and a minute passes with every close.</summary>
    sealed class Clock : TimeProvider
    {
        TimeSpan _ahead;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

        public void Set(DateTimeOffset now) => _ahead = now - System.GetUtcNow();
    }

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            var settings = TidemarkSettings.Read(
                new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["TIDEMARK_DATA"] = folder.FullName,
                    ["MARKET_SOURCE"] = "recorded",
                    ["ALLOW_UNAUTHENTICATED_API"] = "true",
                    ["PATTERN_TIMEFRAMES"] = string.Join(',', Timeframe.Standard),
                    ["RATE_LIMIT_ANONYMOUS"] = "10000000",
                    ["LOG_LEVEL"] = "ERROR",
                    ["SCHEDULER_ENABLED"] = "false",
                }).Build(),
                SettingsSource.FindHome());
            await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
            var clock = new Clock();
            clock.Set(End);
            await using var app = Server.Build(Serving.Product, settings, database, "http://127.0.0.1:0", services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
            await Server.Prepare(app, CancellationToken.None);
            var store = app.Services.GetRequiredService<CandleStore>();
            var minutes = Market.Minutes((Days * 1_440) + 1_440);
            for (var symbol = 0; symbol < Symbols + WarmUp; symbol++)
            {
                await store.SaveInBulk(Series(symbol), Shifted(minutes, 0, Days * 1_440, End.AddDays(-Days)).All(), CancellationToken.None);
            }
            await Scan(app.Services, Symbols, WarmUp);
            var scan = await Scan(app.Services, 0, Symbols);
            var (again, facts) = await ScanAgain(app.Services);
            await using (var watch = database.Source.CreateCommand("UPDATE market_symbols SET is_active = true"))
            {
                await watch.ExecuteNonQueryAsync();
            }
            await app.StartAsync();
            app.Services.GetRequiredService<SourceInUse>().Current = From;
            var closes = await Live(app.Services, clock, new Uri(Server.Addresses(app)[0]), minutes);
            var shown = await OnScreen(app.Services, clock, new Uri(Server.Addresses(app)[0]), minutes);
            await Multiply(database.Source);
            var board = await Ask(app.Services, clock, new Uri(Server.Addresses(app)[0]), minutes);
            await app.StopAsync();
            List<Measurement> screen = shown.Length == 0 ? [] :
            [
                new($"candle received to pattern on the screen of Chromium, 95th percentile of {shown.Length:N0} patterns", shown[(int)(shown.Length * 0.95)], "ms", 250, "limit"),
                new("the same, median", shown[shown.Length / 2], "ms", 250, "limit"),
            ];
            return
            [
                new($"{Symbols} symbols x {Days} days scanned on {Timeframe.Standard.Count} timeframes and stored", scan, "s", 20, "limit"),
                new($"the same scanned again: {facts:N0} facts recomputed and compared, none rewritten", again, "s", 20, "limit"),
                new($"candle received to message in a browser's socket, {Symbols} symbols closing at once, 95th percentile of {Symbols * Closes:N0}", closes[(int)(closes.Length * 0.95)], "ms", 250, "limit"),
                new("the same, median", closes[closes.Length / 2], "ms", 250, "limit"),
                .. screen,
                new($"matrix of {ManySymbols} symbols over HTTP while it changes, 95th percentile of {Requests:N0}", board[(int)(Requests * 0.95)], "ms", 40, "limit"),
                new("the same, median", board[Requests / 2], "ms", 40, "limit"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static SeriesKey Series(int symbol) => new(From, new Symbol($"B{symbol:000}", "USDT"), Timeframe.M1);

    static CandleSeries Shifted(CandleSeries minutes, int first, int count, DateTimeOffset start)
    {
        var shifted = new CandleSeries(count);
        for (var i = 0; i < count; i++)
        {
            shifted.Append(minutes[first + i] with { OpenTime = start.AddMinutes(i).ToUnixTimeMilliseconds() });
        }
        return shifted;
    }

    static async Task<double> Scan(IServiceProvider services, int first, int count)
    {
        var room = services.GetRequiredService<EyeRoom>();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount },
            async (symbol, stop) => await room.Of(new EyeKey(From, Series(symbol).Symbol)).CatchUp(stop));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    static async Task<(double Seconds, long Facts)> ScanAgain(IServiceProvider services)
    {
        var replay = services.GetRequiredService<Replay>();
        var (began, facts) = (Stopwatch.GetTimestamp(), 0L);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Symbols), new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount },
            async (symbol, stop) =>
            {
                var result = await replay.Run(new EyeKey(From, Series(symbol).Symbol), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, stop);
                Interlocked.Add(ref facts, result!.Rewritten == 0 ? result.Facts : throw new InvalidOperationException($"{result.Rewritten} facts were rewritten: {result.Examples[0]}"));
            });
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, facts);
    }

    /// <summary>All symbols close a minute at once, again and again; a browser hears the rows of the matrix.</summary>
    static async Task<double[]> Live(IServiceProvider services, Clock clock, Uri address, CandleSeries minutes)
    {
        using var socket = await Matrix(address);
        var times = new List<double>();
        // The first rounds find cold memory, as no running server has it.
        for (var round = 0; round < Closes + 10; round++)
        {
            await foreach (var (_, received) in CloseAll(services, clock, socket, minutes, round))
            {
                if (round >= 10)
                {
                    times.Add(Stopwatch.GetElapsedTime(received).TotalMilliseconds);
                }
            }
        }
        return [.. times.Order()];
    }

    /// <summary>The same up to the screen of a real browser, for every pattern that comes into the matrix; empty where there is no browser.</summary>
    static async Task<double[]> OnScreen(IServiceProvider services, Clock clock, Uri address, CandleSeries minutes)
    {
        await using var screen = await Screen.Open(address, 40);
        if (screen is null)
        {
            await Console.Error.WriteLineAsync("No Chromium on the path: patterns on its screen are not measured.");
            return [];
        }
        using var socket = await Matrix(address);
        var (times, known) = (new List<double>(), new HashSet<long>());
        for (var round = Closes + 10; round < (2 * Closes) + 10; round++)
        {
            var fresh = new List<(long Pattern, double Received)>();
            await foreach (var (row, received) in CloseAll(services, clock, socket, minutes, round))
            {
                var at = (TimeProvider.System.GetUtcNow() - Stopwatch.GetElapsedTime(received) - DateTimeOffset.UnixEpoch).TotalMilliseconds;
                foreach (var cell in row.GetProperty("cells").EnumerateArray().Where(static cell => cell.GetProperty("patternId").ValueKind == JsonValueKind.Number))
                {
                    if (known.Add(cell.GetProperty("patternId").GetInt64()) && round > Closes + 10 && screen.Shows(row.GetProperty("symbol").GetString()!))
                    {
                        fresh.Add((cell.GetProperty("patternId").GetInt64(), at));
                    }
                }
            }
            foreach (var (pattern, received) in fresh)
            {
                times.Add(await screen.Shown(pattern) is { } shown ? shown - received : 1_000);
            }
        }
        return [.. times.Order()];
    }

    static async Task<ClientWebSocket> Matrix(Uri address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}/api/v1/ws"), CancellationToken.None);
        await socket.SendAsync("""{"op":"subscribe","channel":"matrix","id":"1"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        return socket;
    }

    /// <summary>Closes a minute of all symbols at once and answers their rows as a browser hears them, each with when its candle was received.</summary>
    static async IAsyncEnumerable<(JsonElement Row, long Received)> CloseAll(IServiceProvider services, Clock clock, ClientWebSocket socket, CandleSeries minutes, int round)
    {
        var opened = End.AddMinutes(round);
        clock.Set(opened.AddMinutes(1));
        var received = new long[Symbols];
        var storing = Enumerable.Range(0, Symbols).Select(async symbol =>
        {
            received[symbol] = Stopwatch.GetTimestamp();
            await Close(services, clock, symbol, minutes[(Days * 1_440) + round] with { OpenTime = opened.ToUnixTimeMilliseconds() });
        }).ToList();
        for (var heard = 0; heard < Symbols;)
        {
            var frame = await Hear(socket);
            if (frame.TryGetProperty("data", out var row) && row.TryGetProperty("processedUntil", out var until) && until.ValueKind == JsonValueKind.String && until.GetDateTimeOffset() == opened.AddMinutes(1))
            {
                heard++;
                yield return (row, received[int.Parse(row.GetProperty("symbol").GetString()![1..4])]);
            }
        }
        await Task.WhenAll(storing);
    }

    static async Task<JsonElement> Hear(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The hub closed the connection: {socket.CloseStatus} {socket.CloseStatusDescription}");
            }
            var frame = JsonElement.Parse(Encoding.UTF8.GetString(buffer, 0, length));
            switch (frame.GetProperty("type").GetString())
            {
                case "error":
                    throw new InvalidOperationException($"The hub refused: {frame}");
                case "ping":
                    await socket.SendAsync("""{"op":"pong"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
                    break;
                default:
                    return frame;
            }
        }
    }

    /// <summary>Gives many more symbols the patterns of the first.</summary>
    static async Task Multiply(NpgsqlDataSource source)
    {
        const string columns = "known_at, anchor_at, first_at, confirmed_at, expires_at, recorded_at, touched_at, filled_at, ended_at, origin_at, bottom, top, body_bottom, body_top, swept_level, strength, average_range, confirming_close, fill_percent, entry, stop, target1, target2, target3, source, timeframe, levels_swept, enters_at_once, kind, direction, status, origin, rule, parameters";
        await using var command = source.CreateCommand(
            $"""
            INSERT INTO market_symbols (name, is_active, added_at) SELECT 'M' || n || '/USDT', true, now() FROM generate_series(1, {ManySymbols - Symbols}) AS n;
            UPDATE market_symbols SET is_active = true;
            INSERT INTO candle_series (source, symbol, timeframe, candles, first_open, last_open, changed_at)
            SELECT c.source, m.id, c.timeframe, c.candles, c.first_open, c.last_open, c.changed_at
            FROM market_symbols m, candle_series c
            WHERE m.name LIKE 'M%' AND c.timeframe = 1 AND c.symbol = (SELECT min(id) FROM market_symbols WHERE name LIKE 'B%');
            INSERT INTO pattern_eyes (source, symbol, timeframe, anchor, processed_until, candles, digest, rules, rules_since, changed_at)
            SELECT e.source, m.id, e.timeframe, e.anchor, e.processed_until, e.candles, e.digest, e.rules, e.rules_since, e.changed_at
            FROM market_symbols m, LATERAL (SELECT * FROM pattern_eyes WHERE symbol = (SELECT min(id) FROM market_symbols WHERE name LIKE 'B%')) AS e
            WHERE m.name LIKE 'M%';
            INSERT INTO patterns (symbol, {columns})
            SELECT m.id, p.* FROM market_symbols m, LATERAL (SELECT {columns} FROM patterns WHERE symbol = (SELECT min(id) FROM market_symbols WHERE name LIKE 'B%') AND ended_at IS NULL) AS p
            WHERE m.name LIKE 'M%';
            ANALYZE patterns
            """);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks for the whole matrix while ten symbols a second close a minute: five hundred symbols close about as many.</summary>
    static async Task<double[]> Ask(IServiceProvider services, Clock clock, Uri address, CandleSeries minutes)
    {
        using var over = new CancellationTokenSource();
        var closing = Task.Run(() => KeepClosing(services, clock, minutes, over.Token));
        using var http = new HttpClient { BaseAddress = address };
        var times = new double[Requests];
        var waits = 0;
        for (var i = -50; i < Requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri("/api/v1/matrix", UriKind.Relative));
            var matrix = await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
            else if (JsonElement.Parse(matrix).GetProperty("data").GetProperty("rows").GetArrayLength() is var rows && i == -1 && rows < ManySymbols)
            {
                // What other processes stored, as the added symbols look to be, is read behind an answer now and then.
                i = ++waits < 40 ? -50 : throw new InvalidOperationException($"The matrix holds {rows} symbols.");
            }
        }
        await over.CancelAsync();
        await closing;
        Array.Sort(times);
        return times;
    }

    static async Task KeepClosing(IServiceProvider services, Clock clock, CandleSeries minutes, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (symbol, close) = (i % Symbols, (2 * Closes) + 10 + (i / Symbols));
            clock.Set(End.AddMinutes(close + 1));
            await Close(services, clock, symbol, minutes[(Days * 1_440) + close] with { OpenTime = End.AddMinutes(close).ToUnixTimeMilliseconds() });
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    static async Task Close(IServiceProvider services, Clock clock, int symbol, Candle candle)
    {
        await services.GetRequiredService<CandleStore>().Save(Series(symbol), new CandleSeries([candle]).All(), CancellationToken.None);
        await services.GetRequiredService<IEventBus>().Publish(new CandleClosed(Series(symbol), candle, clock.GetUtcNow()), CancellationToken.None);
    }
}
