using System.ComponentModel;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Jobs;

/// <summary>What operators read about jobs.</summary>
public static class SchedulerEndpoints
{
    public static void Map(RouteGroupBuilder scheduler)
    {
        scheduler.MapGet("/status", Status).Allow(Caller.Operator, "admin:scheduler").WithSummary("Jobs, when they run next, and how they last ended")
            .Shows(new SchedulerStatus(true, "tidemark-1:4211", [new("prune", "Delete what is kept for a time only.", "every day at 04:30 UTC", Noon.AddHours(16.5), ExampleRun)]));
        scheduler.MapGet("/runs", Runs).Allow(Caller.Operator, "admin:scheduler").WithSummary("Runs of jobs, newest first")
            .Shows(new Page<JobRunView>([ExampleRun], 50, null));
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    static readonly JobRunView ExampleRun = new(
        17, "prune", Noon.AddHours(-7.5), "tidemark-1:4211", Noon.AddHours(-7.5), Noon.AddHours(-7.5).AddSeconds(2), "succeeded",
        new Dictionary<string, long> { ["job_runs"] = 12, ["idempotency_keys"] = 340 }, null);

    public sealed record SchedulerStatus(
        [property: Description("Whether this node runs jobs.")] bool Running,
        [property: Description("The node that answers: machine and process.")] string Node,
        IReadOnlyList<ScheduledJob> Jobs);

    public sealed record ScheduledJob(
        string Name,
        string Summary,
        [property: Description("The schedule in words, UTC.")] string Schedule,
        [property: Description("When it is due next, UTC.")] DateTimeOffset? NextAt,
        JobRunView? LastRun);

    public sealed record JobRunView(
        long Id,
        string Job,
        [property: Description("The moment of the schedule this run is for; one run a slot.")] DateTimeOffset Slot,
        string Node,
        DateTimeOffset StartedAt,
        DateTimeOffset? EndedAt,
        [property: Description("succeeded, failed or interrupted; null while it runs.")] string? Outcome,
        [property: Description("What it counted, by name.")] IReadOnlyDictionary<string, long> Counts,
        string? Error);

    static async Task<SchedulerStatus> Status(TidemarkDb db, ProductParts parts, Scheduler scheduler, TimeProvider clock, CancellationToken stop)
    {
        var newest = await db.Set<JobRunRecord>()
            .GroupBy(run => run.Job)
            .Select(runs => runs.OrderByDescending(run => run.Id).First())
            .ToListAsync(stop);
        var now = clock.GetUtcNow();
        var jobs = parts.Jobs.Select(job => new ScheduledJob(
            job.Name, job.Summary, job.Schedule.Words, Scheduler.Next(job.Schedule, now),
            newest.Find(run => run.Job == job.Name) is { } last ? View(last) : null));
        return new SchedulerStatus(scheduler.IsRunning, JobRunner.Node, [.. jobs]);
    }

    static async Task<Page<JobRunView>> Runs([AsParameters] PageRequest page, [Description("Only this job's.")] string? job, TidemarkDb db, CancellationToken stop)
    {
        var before = page.Before;
        var runs = await db.Set<JobRunRecord>()
            .AsNoTracking()
            .Where(run => run.Id < before && (job == null || run.Job == job))
            .OrderByDescending(run => run.Id)
            .ToPage(page, run => run.Id, stop);
        return new Page<JobRunView>([.. runs.Items.Select(View)], runs.Limit, runs.NextCursor);
    }

    static JobRunView View(JobRunRecord run) => new(
        run.Id, run.Job, run.Slot, run.Node, run.StartedAt, run.EndedAt, run.Outcome,
        run.Counts is null ? new Dictionary<string, long>() : JsonSerializer.Deserialize<Dictionary<string, long>>(run.Counts)!,
        run.Error);
}
