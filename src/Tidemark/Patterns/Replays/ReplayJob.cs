using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Jobs;

namespace Tidemark.Patterns.Replays;

/// <summary>Recomputes the day before and reports whatever differs from what was stored.</summary>
public sealed class ReplayJob(Replay replay, EyeRoom room, SourceInUse inUse, TimeProvider clock, ILogger<ReplayJob> log) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var counts = new JobCounts { ["symbols"] = 0, ["facts"] = 0, ["rewritten"] = 0 };
        if (inUse.Current is not { } source)
        {
            return counts;
        }
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        foreach (var key in await room.Keys(source, stop))
        {
            if (await replay.RunAndKeep(key, today.AddDays(-1), today, stop) is { } result)
            {
                counts["symbols"]++;
                counts["facts"] += result.Facts;
                counts["rewritten"] += result.Rewritten;
                if (result.Rewritten > 0)
                {
                    log.LogWarning("{Eye}: {Rewritten} of {Facts} facts of yesterday come out otherwise now: {Cause}. First: {Example}", key, result.Rewritten, result.Facts, result.Cause, result.Examples[0]);
                }
            }
        }
        return counts;
    }
}
