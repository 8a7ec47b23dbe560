using Tidemark.Market.Candles;
using Tidemark.Market.Import;
using Tidemark.Market.Quality;
using Tidemark.Market.Statistics;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Jobs;
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

        module.Command(AggregateCommand.Build);
        module.Services.AddSingleton<CandleImport>();
        module.Command(ImportCommand.Build);
        module.Entities<MarketStatistics>();
        module.Command(ComputeStatsCommand.Build);
        module.Job<ComputeStatsJob>(ComputeStatsCommand.Job, "Compute the figures that pages show of every symbol.", Every.Minutes(5));
    }
}
