using Npgsql;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;

namespace Tidemark.Backtests.Paper;

/// <summary>Re-runs each whole day of every paper session that has no report yet through the backtester, and keeps what differs.</summary>
public sealed class ParityJob(PaperTable table, Parity parity, Hub hub, TimeProvider clock, ILogger<ParityJob> log) : IJob
{
    static readonly TimeSpan TriedAgain = TimeSpan.FromDays(7);

    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var counts = new JobCounts { ["sessions"] = 0, ["differ"] = 0, ["failed"] = 0 };
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        foreach (var session in await table.Unreported(today, today - TriedAgain, stop))
        {
            foreach (var day in Days(session, await table.Reported(session.Id, stop), today))
            {
                try
                {
                    await Report(session, day, counts, stop);
                }
                catch (Exception fault) when (!stop.IsCancellationRequested && fault is not NpgsqlException { IsTransient: true })
                {
                    // One session that cannot be re-run is no reason to leave out all after it.
                    counts["failed"]++;
                    log.LogError(fault, "Paper session {Session} could not be held against the backtester on {Day}", session.Id, day);
                }
            }
        }
        return counts;
    }

    /// <summary>
    /// The days that wait for their report: those that are over and of which the session took all it will, from the last reported one on, and of the last
    /// week also what is missing between reports.
    /// </summary>
    static IEnumerable<DateOnly> Days(StoredPaper session, IReadOnlySet<DateOnly> reported, DateTimeOffset today)
    {
        var began = Date(session.StartedAt);
        var resumed = reported.Count > 0 ? Min(reported.Max().AddDays(1), Date(today - TriedAgain)) : began;
        // A candle that closes at midnight belongs to the day it ends.
        var ended = session.Status == PaperStatus.Stopped ? Date(session.FedUntil.AddTicks(-1)) : Date(session.FedUntil).AddDays(-1);
        var last = Min(ended, Date(today).AddDays(-1));
        for (var day = resumed > began ? resumed : began; day <= last; day = day.AddDays(1))
        {
            if (!reported.Contains(day))
            {
                yield return day;
            }
        }
    }

    static DateOnly Date(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    async Task Report(StoredPaper session, DateOnly day, JobCounts counts, CancellationToken stop)
    {
        if (await parity.Of(session, day, stop) is not { } report)
        {
            return;
        }
        await table.Keep(session, report, stop);
        await hub.Publish($"{PaperEngine.Channel}:{session.UserId}", new PaperNews(session.Id, "parity", clock.GetUtcNow(), session.State.Equity, session.State.Position?.Price ?? 0, report.Text, null), stop);
        counts["sessions"]++;
        // What its owner did is no fault to look into.
        if (!report.Agreed && report.Causes.Any(static cause => cause.Cause is not ("manual" or "latency")))
        {
            counts["differ"]++;
            log.LogWarning("Paper session {Session}: {Text}", session.Id, report.Text);
        }
    }
}
