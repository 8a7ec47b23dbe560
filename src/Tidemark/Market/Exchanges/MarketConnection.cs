using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges.Binance;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Settings;
using Tidemark.Simulator;

namespace Tidemark.Market.Exchanges;

/// <summary>The exchange that prices come from in this process: chosen once, by the setting or by who answers.</summary>
public sealed class MarketConnection(TidemarkSettings settings, SeriesCatalog catalog, SourceInUse inUse, TimeProvider clock, ILoggerFactory logs) : IAsyncDisposable
{
    public static readonly MarketSource Binance = new("binance", Provenance.Live), Simulated = new("simulator", Provenance.Synthetic);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    readonly ILogger _log = logs.CreateLogger<MarketConnection>();
    readonly Lock _gate = new();
    readonly List<BinanceRest> _opened = [];
    Task<IExchange?>? _opening;
    SimulatorServer? _simulator;

    /// <summary>The exchange in use; null before one is chosen and where only recorded candles are shown.</summary>
    public IExchange? Exchange => _opening is { IsCompletedSuccessfully: true } ? _opening.Result : null;

    /// <summary>Why prices come from there, for people.</summary>
    public string Reason { get; private set; } = "looking for Binance, else the simulated market";

    public bool IsRecorded => Asked == "recorded";

    /// <summary>Whether the simulated market is shown only because Binance could not be reached.</summary>
    public bool IsFallback => Asked == "auto" && inUse.Current == Simulated;

    string Asked => settings["MARKET_SOURCE"]!.ToLowerInvariant();

    /// <summary>Chooses on the first call; all callers share what was chosen.</summary>
    public Task<IExchange?> Open(CancellationToken stop)
    {
        lock (_gate)
        {
            // A choice that failed or was called off is made again by the next who asks.
            if (_opening is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _opening = Choose(stop);
            }
            return _opening;
        }
    }

    /// <summary>The exchange that a source's candles can be fetched from now; null where that is not the one in use.</summary>
    public async Task<IExchange?> For(MarketSource source, CancellationToken stop) =>
        await Open(stop) is { } exchange && exchange.Source == source ? exchange : null;

    async Task<IExchange?> Choose(CancellationToken stop)
    {
        switch (Asked)
        {
            case "recorded":
                await LookForRecordings(stop);
                Reason = "recorded candles only: no exchange is connected";
                return null;
            case "binance":
                Reason = "Binance";
                return Use(AtBinance());
            case "simulated":
                Reason = "the simulated market: made up, no exchange is connected";
                return Use(await Simulator(stop));
            default:
                var binance = AtBinance();
                if (await binance.Answers(Patience, stop))
                {
                    Reason = "Binance";
                    return Use(binance);
                }
                Reason = $"the simulated market: made up, because Binance could not be reached within {Patience.TotalSeconds:0} s";
                _log.LogWarning("Binance could not be reached within {Seconds} s; the simulated market is used until the next start", Patience.TotalSeconds);
                return Use(await Simulator(stop));
        }
    }

    BinanceExchange Use(BinanceExchange exchange)
    {
        inUse.Current = exchange.Source;
        return exchange;
    }

    BinanceExchange AtBinance() => Connect(Binance, new Uri(settings["BINANCE_URL"]!), new Uri(settings["BINANCE_STREAM_URL"]!));

    async Task<BinanceExchange> Simulator(CancellationToken stop)
    {
        if (settings["SIMULATOR_URL"] is { } elsewhere)
        {
            var address = new Uri(elsewhere);
            return Connect(Simulated, address, new UriBuilder(address) { Scheme = address.Scheme == "https" ? "wss" : "ws" }.Uri);
        }
        _simulator = await SimulatorServer.Start(new SimulatorOptions(), clock, stop);
        return Connect(Simulated, _simulator.RestAddress, _simulator.StreamAddress);
    }

    BinanceExchange Connect(MarketSource source, Uri address, Uri stream)
    {
        var log = logs.CreateLogger<BinanceExchange>();
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = System.Net.DecompressionMethods.All }) { BaseAddress = address };
        var rest = new BinanceRest(http, clock, log);
        _opened.Add(rest);
        return new BinanceExchange(source, rest, new BinanceStream(stream, clock, log), clock);
    }

    /// <summary>Where only recordings are shown: of those that are there now, the one with the most candles is in use.</summary>
    public async Task LookForRecordings(CancellationToken stop) =>
        inUse.Current = (await catalog.Stored(stop)).Where(series => series.Key.Source.Provenance == Provenance.Recorded && series.Candles > 0)
            .GroupBy(series => series.Key.Source)
            .MaxBy(group => group.Sum(series => series.Candles))?.Key;

    public async ValueTask DisposeAsync()
    {
        foreach (var rest in _opened)
        {
            rest.Dispose();
        }
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }
    }
}
