using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Replays;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Observability;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;

namespace Tidemark.Operations;

/// <summary>What runs, since when, and how fast it answers.</summary>
public sealed record SystemStatus(
    [property: Description("The program's version.")] string Version,
    [property: Description("Production or Development.")] string Environment,
    DateTimeOffset StartedAt,
    DateTimeOffset Now,
    [property: Description("Seconds since the start of this node.")] long UptimeSeconds,
    [property: Description("What this node does: web, market, jobs.")] IReadOnlyList<string> Roles,
    IReadOnlyList<Dependency> Dependencies,
    ApiFigures Api,
    SocketFigures Sockets,
    IReadOnlyList<JobFigures> Jobs,
    [property: Description("What a recomputation of yesterday's patterns and signals from stored candles found; null before the first.")] ReplaySummary? Replay)
{
    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    internal static SystemStatus Example { get; } = new(
        "0.1.0", "Production", Noon.AddDays(-3), Noon, 259_200, ["jobs", "market", "web"],
        [new("database", DependencyState.Up, "PostgreSQL 18.4, private, schema version 4", Noon, 0.42)],
        new(15, 1_204, 0, 1.3, 6.2, 18.9), new(37, 12.4), [new("prune", "every day at 04:30 UTC", "succeeded", Noon.AddHours(-7.5), Noon.AddHours(16.5))],
        new ReplaySummary(Noon.AddHours(-11), Noon.AddHours(-36), Noon.AddHours(-12), 5, 1_204, 0, new Dictionary<string, int>(), "0 of 1,204 rewritten"));
}

/// <summary>The API's last minutes on this node.</summary>
public sealed record ApiFigures(
    [property: Description("Minutes the figures cover.")] int WindowMinutes,
    long Requests,
    [property: Description("Requests answered with a status of 500 or above.")] long Errors,
    [property: Description("Half of the requests were answered within, milliseconds; null without requests.")] double? P50Ms,
    [property: Description("95 % were answered within, milliseconds.")] double? P95Ms,
    [property: Description("99 % were answered within, milliseconds.")] double? P99Ms);

public sealed record SocketFigures(
    [property: Description("Open WebSocket connections.")] int Connections,
    [property: Description("Messages numbered a second, over the last ten seconds.")] double MessagesPerSecond);

public sealed record JobFigures(
    string Name,
    [property: Description("The schedule in words, UTC.")] string Schedule,
    [property: Description("succeeded, failed or interrupted; null before its first run.")] string? LastOutcome,
    DateTimeOffset? LastEndedAt,
    [property: Description("When it is due next; null when this node runs no jobs.")] DateTimeOffset? NextAt);

/// <summary>Puts the status together.</summary>
public sealed class StatusReader(
    Dependencies dependencies, LatencyWindow latency, Hub hub, MessageRate rate, Scheduler scheduler, ProductParts parts, Replay replay, SourceInUse inUse,
    TidemarkSettings settings, IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly DateTimeOffset _started = clock.GetUtcNow();

    public async Task<SystemStatus> Read(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var needs = await dependencies.Check(stop);
        var window = latency.Read();
        return new SystemStatus(
            Product.Version, settings.EnvironmentName, _started, now, (long)(now - _started).TotalSeconds,
            [.. settings.Roles.Order(StringComparer.Ordinal)],
            needs,
            new ApiFigures(window.WindowMinutes, window.Requests, window.Errors, window.P50Ms, window.P95Ms, window.P99Ms),
            new SocketFigures(hub.Connections, rate.PerSecond),
            await ReadJobs(needs, now, stop),
            await ReadReplay(needs, stop));
    }

    async Task<ReplaySummary?> ReadReplay(IReadOnlyList<Dependency> needs, CancellationToken stop)
    {
        try
        {
            return needs.All(need => need.Status == DependencyState.Up) && inUse.Current is { } source ? await replay.Latest(source, stop) : null;
        }
        catch (NpgsqlException)
        {
            // The database went away after it was looked at; the next look says so.
            return null;
        }
    }

    async Task<IReadOnlyList<JobFigures>> ReadJobs(IReadOnlyList<Dependency> needs, DateTimeOffset now, CancellationToken stop)
    {
        var ended = needs.All(need => need.Status == DependencyState.Up) ? await ReadEnded(stop) : [];
        return [.. parts.Jobs.Select(job => new JobFigures(
            job.Name, job.Schedule.Words, ended.GetValueOrDefault(job.Name).Outcome, ended.GetValueOrDefault(job.Name).EndedAt,
            scheduler.IsRunning ? Scheduler.Next(job.Schedule, now) : null))];
    }

    async Task<Dictionary<string, (string? Outcome, DateTimeOffset? EndedAt)>> ReadEnded(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<JobRunRecord>()
                .Where(run => run.EndedAt != null)
                .GroupBy(run => run.Job)
                .Select(runs => runs.OrderByDescending(run => run.Id).First())
                .ToDictionaryAsync(run => run.Job, run => (run.Outcome, run.EndedAt), stop);
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // The database went away after it was looked at; the next look says so.
            return [];
        }
    }
}
