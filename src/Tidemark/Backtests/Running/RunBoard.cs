using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tidemark.Backtests.Running;

/// <summary>Rings when there is work, and tells whoever waits that a run of this node ended. A hint: the table is the truth.</summary>
public sealed class RunBoard
{
    readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly ConcurrentDictionary<long, TaskCompletionSource> _waiting = new();
    readonly ConcurrentDictionary<long, CancellationTokenSource> _going = new();

    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Ends when it rings, or after a while.</summary>
    public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await _bell.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing rang; the caller looks at the table.
        }
    }

    /// <summary>Ends when the run ends on this node.</summary>
    public Task Ended(long run) => _waiting.GetOrAdd(run, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Forget(long run) => _waiting.TryRemove(run, out _);

    internal void Begin(long run, CancellationTokenSource ending) => _going[run] = ending;

    internal void End(long run)
    {
        _going.TryRemove(run, out _);
        if (_waiting.TryRemove(run, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Ends a run of this node at once.</summary>
    public void Cancel(long run)
    {
        if (_going.TryGetValue(run, out var ending))
        {
            ending.Cancel();
        }
    }
}
