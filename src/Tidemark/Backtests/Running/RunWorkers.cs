using System.Diagnostics;
using Npgsql;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Formulas;

namespace Tidemark.Backtests.Running;

/// <summary>How far a run has come, for its owner.</summary>
public sealed record RunNews(string BacktestId, RunKind Kind, RunStatus Status, double Progress, double? SecondsLeft, string? Text);

/// <summary>
/// Works on queued runs, a few at a time on each node. A run that this process cannot end, because it stops or dies, is begun again by another worker;
/// after three such times it is marked failed.
/// </summary>
public sealed class RunWorkers(RunTable table, Experiment experiment, MemoryRoom room, RunBoard board, Hub hub, IdSource ids, TidemarkSettings settings, TimeProvider clock, ILogger<RunWorkers> log) : BackgroundService
{
    public const string Channel = "backtests";

    static readonly TimeSpan Look = TimeSpan.FromSeconds(2), Beat = TimeSpan.FromMilliseconds(500), Pause = TimeSpan.FromSeconds(2);

    /// <summary>Whether a node of these settings works on runs.</summary>
    public static bool AreHere(TidemarkSettings settings) => settings.Roles.Contains("jobs") || settings.Roles.Contains("web");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!AreHere(settings))
        {
            return;
        }
        var workers = settings.Number("WORKERS") is > 0 and var wanted ? wanted : Math.Max(1, Environment.ProcessorCount);
        await Task.WhenAll(Enumerable.Range(0, (int)workers).Select(_ => Work($"{Environment.MachineName}:{Environment.ProcessId}:{ids.Next()[..8]}", stoppingToken)));
    }

    async Task Work(string holder, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await table.SetFree(stop) is > 0 and var freed)
                {
                    log.LogWarning("{Count} runs whose worker died are free again", freed);
                }
                if (await table.Claim(holder, stop) is { } run)
                {
                    await Do(run, holder, stop);
                    continue;
                }
                await board.Wait(Look, clock, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "Backtests are not worked on here; it is tried again in {Seconds} s", Pause.TotalSeconds);
                await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Works on one run while its lease holds.</summary>
    async Task Do(StoredRun run, string holder, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        board.Begin(run.Id, ending);
        var progress = new Progress();
        var beats = Beats(run, holder, progress, ending);
        try
        {
            using var place = await room.Take(MemoryRoom.Of(run.Order), ending.Token);
            var outcome = await experiment.Carry(run, progress, ending.Token);
            if (await table.Finish(run, holder, outcome, stop))
            {
                log.LogInformation("{Code} of user {User} is done in {Elapsed:N0} ms", run.Code, run.UserId, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            else
            {
                await table.End(run.Id, holder, RunStatus.Cancelled, null, null, stop);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await Leave(run, holder, stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is not NpgsqlException)
        {
            await Fail(run, holder, fault, stop);
        }
        finally
        {
            await ending.CancelAsync();
            await beats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            board.End(run.Id);
        }
        await Tell(run, stop);
    }

    /// <summary>Where the program stops, the run waits for another worker; else its owner ended it, or another worker has it.</summary>
    async Task Leave(StoredRun run, string holder, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            await table.PutBack(run.Id, holder, CancellationToken.None);
            stop.ThrowIfCancellationRequested();
        }
        await table.End(run.Id, holder, RunStatus.Cancelled, null, null, stop);
    }

    async Task Fail(StoredRun run, string holder, Exception fault, CancellationToken stop)
    {
        var (code, message) = fault switch
        {
            TidemarkException known => (known.Code.Name, known.Message),
            BacktestException or FormulaException or ArgumentException => (ErrorCode.ValidationFailed.Name, fault.Message.Split(" (Parameter", 2)[0]),
            OutOfMemoryException => (ErrorCode.QueueFull.Name, "There is not enough memory for this; ask for a shorter period or fewer combinations."),
            _ => (ErrorCode.Internal.Name, ErrorCode.Internal.Meaning),
        };
        if (code == ErrorCode.Internal.Name)
        {
            log.LogError(fault, "{Code} of user {User} failed", run.Code, run.UserId);
        }
        await table.End(run.Id, holder, RunStatus.Failed, code, message, stop);
    }

    /// <summary>Signs of life, and what is done so far, until the run ends or is to end.</summary>
    async Task Beats(StoredRun run, string holder, Progress progress, CancellationTokenSource ending)
    {
        var began = clock.GetTimestamp();
        while (!ending.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested)
            {
                return;
            }
            var done = progress.Done;
            double? left = done > 0.02 ? Math.Round(clock.GetElapsedTime(began).TotalSeconds * (1 - done) / done, 1) : null;
            try
            {
                if (!await table.Beat(run.Id, holder, done, left, ending.Token))
                {
                    await ending.CancelAsync();
                    return;
                }
                await hub.Publish($"{Channel}:{run.UserId}", new RunNews(run.Code, run.Kind, RunStatus.Running, Math.Round(done, 4), left, null), ending.Token);
            }
            catch (Exception passing) when (passing is NpgsqlException or IOException or TimeoutException)
            {
                // The lease outlasts a short trouble; after a longer one another worker takes over.
                log.LogDebug("No sign of life of {Code}: {Reason}", run.Code, passing.Message);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task Tell(StoredRun run, CancellationToken stop)
    {
        if (await table.Find(run.Id, stop) is { } now)
        {
            await hub.Publish($"{Channel}:{run.UserId}", new RunNews(now.Code, now.Kind, now.Status, now.Progress, null, now.Fault), stop);
        }
    }

    /// <summary>Written by the work, read by the signs of life; never falls.</summary>
    sealed class Progress : IProgress<double>
    {
        double _done;

        public double Done => Volatile.Read(ref _done);

        public void Report(double value)
        {
            if (value > Volatile.Read(ref _done))
            {
                Volatile.Write(ref _done, value);
            }
        }
    }
}
