using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Jobs;

/// <summary>
/// Runs a job's slot once over all nodes and writes the run down: a unique row for the slot, and an advisory lock
/// that keeps the scheduler, another node and a person's command from running the same job at the same time.
/// </summary>
public sealed class JobRunner(NpgsqlDataSource source, IServiceScopeFactory scopes, ProductParts parts, TimeProvider clock, ILogger<JobRunner> log)
{
    public enum Outcome
    {
        Succeeded,
        Failed,
        Interrupted,

        /// <summary>Another node had the slot, or the job was still running.</summary>
        NotOurs,
    }

    public sealed record Report(Outcome Outcome, JobCounts Counts, string? Error, TimeSpan Took);

    static readonly TimeSpan LockCheck = TimeSpan.FromSeconds(5);

    public static string Node { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    public JobDefinition Find(string name) => parts.Jobs.Find(job => job.Name == name) ?? throw new ArgumentException($"There is no job {name}.", nameof(name));

    /// <summary>Runs the slot that is due, or the one given.</summary>
    public async Task<Report> Run(JobDefinition job, DateTimeOffset? slot, CancellationToken stop)
    {
        await using var held = await source.OpenConnectionAsync(stop);
        if (!await TryLock(held, job.Name, stop))
        {
            return new Report(Outcome.NotOurs, [], "It is already running.", TimeSpan.Zero);
        }
        try
        {
            return await RunLocked(held, job, slot ?? Scheduler.LatestSlot(job.Schedule, clock.GetUtcNow()), stop);
        }
        finally
        {
            // A process that dies instead loses its connection, and with it the lock.
            await Unlock(held, job.Name);
        }
    }

    async Task<Report> RunLocked(NpgsqlConnection held, JobDefinition job, DateTimeOffset slot, CancellationToken stop)
    {
        await CloseInterrupted(held, job.Name, stop);
        if (await Open(held, job.Name, slot, stop) is not { } id)
        {
            return new Report(Outcome.NotOurs, [], $"Its slot of {slot.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC was run already.", TimeSpan.Zero);
        }
        var began = clock.GetTimestamp();
        using var activity = Telemetry.Activities.StartActivity($"job {job.Name}", ActivityKind.Internal);
        var report = await WorkWhileHeld(held, job, new JobRun(id, job.Name, slot), began, stop);
        await Close(id, report);
        JobMeter.Runs.Add(1, new("job", job.Name), new("outcome", report.Outcome.ToString()));
        JobMeter.Duration.Record(report.Took.TotalSeconds, new KeyValuePair<string, object?>("job", job.Name));
        return report;
    }

    async Task<Report> WorkWhileHeld(NpgsqlConnection held, JobDefinition job, JobRun run, long began, CancellationToken stop)
    {
        var safe = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = CancelWhenLost(held, safe);
        try
        {
            return await Work(job, run, began, safe.Token);
        }
        finally
        {
            await safe.CancelAsync();
            await watching;
            safe.Dispose();
        }
    }

    /// <summary>The lock goes with its connection: should that be lost, another node may begin, so this one must stop.</summary>
    async Task CancelWhenLost(NpgsqlConnection held, CancellationTokenSource safe)
    {
        try
        {
            using var timer = new PeriodicTimer(LockCheck, clock);
            while (await timer.WaitForNextTickAsync(safe.Token))
            {
                await using var ping = new NpgsqlCommand("SELECT 1", held);
                await ping.ExecuteScalarAsync(safe.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The job is done.
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException)
        {
            log.LogError(lost, "The connection that held a job's lock was lost; the job is stopped");
            await safe.CancelAsync();
        }
    }

    async Task<Report> Work(JobDefinition job, JobRun run, long began, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var counts = await ((IJob)scope.ServiceProvider.GetRequiredService(job.Type)).Run(run, stop);
            var took = clock.GetElapsedTime(began);
            log.LogInformation("Job {Job} done in {Elapsed} ms: {Counts}", job.Name, (long)took.TotalMilliseconds, string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}")));
            return new Report(Outcome.Succeeded, counts, null, took);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new Report(Outcome.Interrupted, [], "The program was stopped, or lost its lock.", clock.GetElapsedTime(began));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Job {Job} failed", job.Name);
            return new Report(Outcome.Failed, [], $"{fault.GetType().Name}: {fault.Message}", clock.GetElapsedTime(began));
        }
    }

    /// <summary>Marks runs whose process died: nobody holds the job's lock, and yet they never ended.</summary>
    public async Task<IReadOnlyList<string>> CloseInterrupted(CancellationToken stop)
    {
        var interrupted = new List<string>();
        foreach (var job in parts.Jobs)
        {
            await using var held = await source.OpenConnectionAsync(stop);
            if (await TryLock(held, job.Name, stop))
            {
                if (await CloseInterrupted(held, job.Name, stop) > 0)
                {
                    interrupted.Add(job.Name);
                }
                await Unlock(held, job.Name);
            }
        }
        return interrupted;
    }

    static async Task Unlock(NpgsqlConnection held, string job)
    {
        if (held.State != System.Data.ConnectionState.Open)
        {
            return;
        }
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended('job ' || $1, 0))", held) { Parameters = { new() { Value = job } } };
        await command.ExecuteScalarAsync(CancellationToken.None);
    }

    static async Task<bool> TryLock(NpgsqlConnection held, string job, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended('job ' || $1, 0))", held) { Parameters = { new() { Value = job } } };
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    async Task<int> CloseInterrupted(NpgsqlConnection held, string job, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE job_runs
            SET ended_at = $2, outcome = 'interrupted', error = 'The program died while it ran.'
            WHERE job = $1 AND ended_at IS NULL
            """,
            held)
        { Parameters = { new() { Value = job }, new() { Value = clock.GetUtcNow() } } };
        return await command.ExecuteNonQueryAsync(stop);
    }

    async Task<long?> Open(NpgsqlConnection held, string job, DateTimeOffset slot, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO job_runs AS earlier (job, slot, node, started_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (job, slot) DO UPDATE
            SET node = excluded.node, started_at = excluded.started_at, ended_at = NULL, outcome = NULL, counts = NULL, error = NULL
            WHERE earlier.outcome = 'interrupted'
            RETURNING id
            """,
            held)
        { Parameters = { new() { Value = job }, new() { Value = slot.ToUniversalTime() }, new() { Value = Node }, new() { Value = clock.GetUtcNow() } } };
        return (long?)await command.ExecuteScalarAsync(stop);
    }

    /// <summary>On a connection of its own, and only where the run is still ours to end.</summary>
    async Task Close(long id, Report report)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE job_runs
            SET ended_at = $2, outcome = $3, counts = $4, error = $5
            WHERE id = $1 AND node = $6 AND ended_at IS NULL
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = report.Outcome.ToString().ToLowerInvariant() });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(report.Counts), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = (object?)report.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = Node });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
