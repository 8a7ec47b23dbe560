using Tidemark.Market.Candles;
using Tidemark.Platform.Database;

namespace Tidemark.Market.Ingest;

/// <summary>Writes down every run that fetched candles.</summary>
public sealed class FetchLog(IServiceScopeFactory scopes, TimeProvider clock)
{
    public async Task Write(string job, MarketSource source, DateTimeOffset began, int symbols, LoadResult result, string? error, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        db.Add(new FetchRun
        {
            Job = job,
            Source = source.Name,
            Provenance = SeriesCatalog.NameOf(source.Provenance),
            StartedAt = began,
            EndedAt = clock.GetUtcNow(),
            Symbols = symbols,
            Stored = result.Saved.Stored,
            AlreadyThere = result.Saved.AlreadyThere,
            Quarantined = result.Saved.Quarantined,
            FailedBatches = result.FailedBatches,
            Error = error,
        });
        await db.SaveChangesAsync(stop);
    }
}
