using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Import;
using Tidemark.Market.Ingest;
using Tidemark.Market.Live;
using Tidemark.Market.Quality;
using Tidemark.Market.Statistics;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;

namespace Tidemark.Market;

/// <summary>Symbols, their candles, and how far they can be trusted.</summary>
public static class MarketModule
{
    public static void AddMarket(this ModuleBuilder module)
    {
        module.Entities<TrackedSymbol>();
        module.Entities<FetchRun>();
        module.Prunes("fetch_runs", "started_at", TimeSpan.FromDays(90));

        module.Services.AddSingleton<SourceInUse>();
        module.Services.AddSingleton<SymbolBook>();
        module.Services.AddSingleton<SymbolRegister>();
        module.Services.AddSingleton<SymbolViews>();
        module.Endpoints("symbols", SymbolEndpoints.Map);
        module.Services.AddSingleton<MarketConnection>();
        module.Services.AddSingleton<ExchangeDesk>();
        module.Services.AddSingleton<InstrumentBook>();
        module.Services.AddSingleton<SeriesCatalog>();
        module.Services.AddSingleton<CandlePartitions>();
        module.Services.AddSingleton(static services => new HotCandles(services.GetRequiredService<TidemarkSettings>().Number("CANDLE_MEMORY_MB") * 1_048_576L / HotCandles.BytesACandle));
        module.Services.AddSingleton<CandleStore>();
        module.Services.AddSingleton<CandleAggregation>();
        module.Services.AddHostedService<StoredCandleNews>();
        module.Endpoints("candles", CandleEndpoints.Map);
        module.Endpoints("data", CandleEndpoints.MapData);
        module.Job<CandlePartitionsJob>("candle-months", "Make the candle table's coming months and drop those older than candles are kept.", Every.Day.At(1, 10));

        module.Services.AddSingleton<QualityTable>();
        module.Services.AddSingleton<SeriesVerification>();
        module.Services.AddSingleton<SeriesRepair>();
        module.Services.AddSingleton<HealthCheck>();
        module.Services.AddSingleton<DataQuality>();
        module.Endpoints("data-quality", DataQualityEndpoints.Map);
        module.Command(DbHealthCommand.Build);
        module.Job<DbHealthJob>("db-health", "Check all candles that were not checked before and repair what is wrong.", Every.Day.At(3, 0));

        module.Services.AddSingleton<MinuteFetch>();
        module.Services.AddSingleton<SymbolLoader>();
        module.Services.AddSingleton<FetchLog>();
        module.Services.AddSingleton<FetchService>();
        module.Services.AddSingleton<LatestFetch>();
        module.Command(FetchCommand.Build);
        module.Command(FetchHistoricalCommand.Build);
        module.Services.AddSingleton<LoadProgress>();
        module.Services.AddSingleton<PipelineTools>();
        module.Services.AddHostedService<MarketFeed>();
        module.BeforeServing(Prepare);
        module.StartLine("Market", static services => services.GetRequiredService<MarketConnection>().Reason);

        var live = new LiveMarket();
        module.Services.AddSingleton(live);
        module.Services.AddSingleton<MarketBoard>();
        module.Services.AddHostedService<LiveFeed>();
        module.Channel(new ChannelDefinition(LiveFeed.Prices, Caller.Anyone, Delivery.LatestWins) { Kept = 1, Scope = new("read:symbols") });
        module.Channel(new ChannelDefinition(LiveFeed.Loading, Caller.Anyone, Delivery.LatestWins) { Kept = 1 });
        module.Channel(new ChannelDefinition(LiveFeed.Candles, Caller.Anyone) { Kept = 60, Scope = new("read:candles"), Admits = (_, key) => LiveFeed.IsSeries(live, key) });
        module.Services.AddHostedService<BookFeed>();
        module.Channel(new ChannelDefinition(BookFeed.Market, Caller.Anyone, Delivery.LatestWins) { Kept = 1, Scope = new("read:symbols"), Admits = (_, key) => BookFeed.IsMarket(live, key) });
        module.Endpoints("markets", MarketEndpoints.MapMarkets);
        module.Endpoints("ticker", MarketEndpoints.MapTicker);
        module.Endpoints("orderbook", MarketEndpoints.MapOrderBook);
        module.Endpoints("trades", MarketEndpoints.MapTrades);
        module.Endpoints("exchanges", MarketEndpoints.MapExchanges);
        module.Endpoints("market-statistics", MarketStatisticsEndpoints.Map);
        module.Endpoints("indicators", IndicatorEndpoints.Map);

        module.Command(AggregateCommand.Build);
        module.Services.AddSingleton<CandleImport>();
        module.Command(ImportCommand.Build);
        module.Entities<MarketStatistics>();
        module.Command(ComputeStatsCommand.Build);
        module.Job<ComputeStatsJob>(ComputeStatsCommand.Job, "Compute counts, price changes, the day's range and freshness of every symbol.", Every.Minutes(5));
    }

    /// <summary>Knows the symbols before the first request and begins to look for the exchange, which nobody waits for.</summary>
    static async Task Prepare(IServiceProvider services, CancellationToken stop)
    {
        var register = services.GetRequiredService<SymbolRegister>();
        var connection = services.GetRequiredService<MarketConnection>();
        if (!connection.IsRecorded)
        {
            await register.Seed(stop);
            services.GetRequiredService<LiveMarket>().Expect((await register.Active(stop)).Select(symbol => symbol.Name));
        }
        var opening = connection.Open(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await Task.WhenAny(opening, Task.Delay(Moment, services.GetRequiredService<TimeProvider>(), stop));
    }

    /// <summary>Most choices are made at once; the rest goes on while the first pages are served.</summary>
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
}
