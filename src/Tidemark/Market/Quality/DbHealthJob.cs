using Tidemark.Market.Exchanges;
using Tidemark.Platform.Jobs;

namespace Tidemark.Market.Quality;

/// <summary>The nightly check of all candles, which also repairs.</summary>
public sealed class DbHealthJob(HealthCheck health, MarketConnection market) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var counts = new JobCounts { ["checked"] = 0, ["bad"] = 0, ["gaps"] = 0, ["fetched"] = 0, ["failures"] = 0 };
        foreach (var (source, symbol) in await health.Symbols(only: null, stop))
        {
            var found = await health.Check(source, symbol, fix: true, await market.For(source, stop), stop);
            counts["checked"] += found.Checked;
            counts["bad"] += found.Found.Bad.Count;
            counts["gaps"] += found.Found.MissingMinutes.Count;
            counts["fetched"] += found.Repair?.Fetched ?? 0;
            counts["failures"] += found.Repair?.Failures.Count ?? 0;
        }
        return counts;
    }
}
