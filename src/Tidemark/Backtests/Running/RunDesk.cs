using Tidemark.Access;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Backtests.Running;

/// <summary>How many callers may wait for their result at once, so that waiting never takes what others need.</summary>
public sealed class WaitingRoom : IDisposable
{
    const int Places = 8;

    internal SemaphoreSlim Free { get; } = new(Places);

    public void Dispose() => Free.Dispose();
}

/// <summary>Takes orders, and waits a while with callers for whom the answer is near.</summary>
public sealed class RunDesk(OrderDesk orders, RunTable table, RunBoard board, WaitingRoom room, IServiceScopeFactory scopes, TimeProvider clock)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes a run down; the same Idempotency-Key finds the same run, whatever was cut off in between.</summary>
    public async Task<StoredRun> Begin(RunKind kind, RunRequest request, HttpContext http, Caller caller, CancellationToken stop)
    {
        OrderDesk.MayBegin(caller);
        var order = await orders.Take(kind, request, caller, stop);
        var key = http.Request.Headers.TryGetValue(Idempotency.Header, out var given) ? given.ToString() : null;
        // In a transaction of its own: workers must see the run while this request still waits inside another.
        await using var scope = scopes.CreateAsyncScope();
        var access = scope.ServiceProvider.GetRequiredService<PlanAccess>();
        OrderDesk.MayRun(caller, order.Strategy);
        var run = await table.Add(caller, order, key, Clean(request.Title), Clean(request.Note), access, scope.ServiceProvider.GetRequiredService<TidemarkDb>(), stop);
        var ended = board.Ended(run.Id);
        board.Ring();
        if (kind == RunKind.Run && request.Async != true)
        {
            run = await Wait(run, ended, stop);
        }
        board.Forget(run.Id);
        if (run.Status is RunStatus.Queued or RunStatus.Running)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        return run;
    }

    async Task<StoredRun> Wait(StoredRun run, Task ended, CancellationToken stop)
    {
        if (!await room.Free.WaitAsync(0, stop))
        {
            return run;
        }
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var now = run;
            while (now.Status is RunStatus.Queued or RunStatus.Running && !patience.IsCancellationRequested)
            {
                await Task.WhenAny(ended, Task.Delay(Look, clock, either.Token));
                stop.ThrowIfCancellationRequested();
                now = await table.Find(run.Id, stop) ?? run;
                if (ended.IsCompleted && now.Status is RunStatus.Queued or RunStatus.Running)
                {
                    ended = Task.Delay(Timeout.InfiniteTimeSpan, clock, either.Token);
                }
            }
            return now;
        }
        finally
        {
            room.Free.Release();
        }
    }

    static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
