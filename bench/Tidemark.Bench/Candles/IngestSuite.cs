using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;

namespace Tidemark.Bench.Candles;

/// <summary>From the exchange to the API: five symbols caught up over a line with 50 ms latency, and the last candles asked for over HTTP, all in the real program.</summary>
static class IngestSuite
{
    const int Candles = 2_000, Chart = 500, Requests = 2_000;
    static readonly string[] Watched = ["BTC/USDT", "ETH/USDT", "SOL/USDT", "BNB/USDT", "XRP/USDT"];
    static readonly string[] Symbols = ["DOGE/USDT", "AVAX/USDT", "LINK/USDT", "ATOM/USDT", "NEAR/USDT"], WarmUp = ["ADA/USDT", "DOT/USDT", "LTC/USDT", "UNI/USDT", "TRX/USDT"];

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            await using var exchange = await SimulatorServer.Start(new SimulatorOptions(), TimeProvider.System, CancellationToken.None);
            exchange.Faults.Inject(new(FaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(50) });
            var settings = TidemarkSettings.Read(
                new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["TIDEMARK_DATA"] = folder.FullName,
                    ["MARKET_SOURCE"] = "simulated",
                    ["SIMULATOR_URL"] = exchange.RestAddress.ToString(),
                    ["ROLES"] = "web,market",
                    ["TRADING_PAIRS"] = string.Join(',', Watched),
                    ["FETCH_START_DATE"] = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd"),
                    ["RATE_LIMIT_ANONYMOUS"] = "10000000",
                    ["LOG_LEVEL"] = "ERROR",
                    ["SCHEDULER_ENABLED"] = "false",
                }).Build(),
                SettingsSource.FindHome());
            await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
            await using var app = Server.Build(Serving.Product, settings, database, "http://127.0.0.1:0");
            await Server.Prepare(app, CancellationToken.None);
            await app.StartAsync();
            await CatchUp(app.Services, WarmUp);
            var fetched = await CatchUp(app.Services, Symbols);
            var asked = await Ask(new Uri(Server.Addresses(app)[0]));
            var closes = await Closes(app.Services);
            await app.StopAsync();
            return
            [
                new($"{Symbols.Length} symbols x {Candles:N0} minutes fetched at 50 ms latency, stored and aggregated", fetched, "ms", 2_000, "limit"),
                new($"last {Chart} candles over HTTP, 95th percentile of {Requests:N0}", asked[(int)(Requests * 0.95)], "ms", 15, "limit"),
                new($"last {Chart} candles over HTTP, median", asked[Requests / 2], "ms", 15, "limit"),
                new($"from the close of a minute until the slowest of {Watched.Length} symbols has it stored and told", closes, "ms", 1_000, "limit"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<double> CatchUp(IServiceProvider services, string[] symbols)
    {
        var exchange = await services.GetRequiredService<MarketConnection>().Open(CancellationToken.None) ?? throw new InvalidOperationException("The simulated exchange is there.");
        var (loader, fetch, store) = (services.GetRequiredService<SymbolLoader>(), services.GetRequiredService<FetchService>(), services.GetRequiredService<CandleStore>());
        var until = Timeframe.M1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-2);
        var from = until.AddMinutes(-Candles);
        // The made-up market is made before the clock runs: an exchange has its candles.
        foreach (var symbol in symbols)
        {
            var pages = exchange.Candles(Symbol.Parse(symbol), Timeframe.M1, from, until, CancellationToken.None).GetAsyncEnumerator();
            while (await pages.MoveNextAsync())
            {
                continue;
            }
        }
        var watched = symbols.Select(symbol => new TrackedSymbol { Name = Symbol.Parse(symbol), IsActive = true, AddedAt = until }).ToList();
        var began = Stopwatch.GetTimestamp();
        var done = await fetch.Run("bench", exchange, watched, symbol => loader.Forward(exchange, symbol.Name, from, until, new LoadRules(OnFailure.Skip), _ => { }, CancellationToken.None), CancellationToken.None) ?? throw new InvalidOperationException("Nothing else is fetched.");
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (done.Sum(one => one.Result.Saved.Stored) != symbols.Length * Candles || (await store.Newest(new(exchange.Source, watched[0].Name, Timeframe.H1), 10, default)).Count != 10)
        {
            throw new InvalidOperationException("Everything fetched is stored and aggregated.");
        }
        return took;
    }

    /// <summary>Waits for the next minute of every watched symbol and answers how long after its close the last of them was told, which is after it was stored.</summary>
    static async Task<double> Closes(IServiceProvider services)
    {
        var minute = Timeframe.M1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(1);
        var told = new TaskCompletionSource<double>();
        var missing = Watched.Length;
        await using var hearing = services.GetRequiredService<IEventBus>().Subscribe<CandleClosed>((news, _) =>
        {
            if (news.Series.Timeframe == Timeframe.M1 && news.Candle.OpenTime == minute.ToUnixTimeMilliseconds() && --missing == 0)
            {
                told.SetResult((TimeProvider.System.GetUtcNow() - minute.AddMinutes(1)).TotalMilliseconds);
            }
            return ValueTask.CompletedTask;
        });
        return await told.Task.WaitAsync(TimeSpan.FromMinutes(3));
    }

    static async Task<double[]> Ask(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var times = new double[Requests];
        for (var i = -200; i < Requests; i++)
        {
            var path = new Uri($"/api/v1/candles/{Symbols[(i + 200) % Symbols.Length].Replace('/', '-')}/1m?limit={Chart}", UriKind.Relative);
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(path);
            await answer.Content.ReadAsByteArrayAsync();
            answer.EnsureSuccessStatusCode();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }
        Array.Sort(times);
        return times;
    }
}
