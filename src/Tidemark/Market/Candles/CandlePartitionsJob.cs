using Tidemark.Platform.Jobs;
using Tidemark.Platform.Settings;

namespace Tidemark.Market.Candles;

/// <summary>Makes the coming months of the candle table ahead of time and drops those that are older than candles are kept.</summary>
public sealed class CandlePartitionsJob(CandlePartitions partitions, CandleStore store, TidemarkSettings settings) : IJob
{
    const int MonthsAhead = 2;

    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var made = await partitions.Cover(run.Slot, run.Slot.AddMonths(MonthsAhead), stop);
        var months = settings.Number("CANDLE_MONTHS_KEPT");
        var dropped = months == 0 ? 0 : await partitions.DropBefore(CandlePartitions.MonthOf(run.Slot).AddMonths(-months), stop);
        if (dropped > 0)
        {
            await store.TellEverythingChanged(stop);
        }
        return new JobCounts { ["months made"] = made, ["candles dropped"] = dropped };
    }
}
