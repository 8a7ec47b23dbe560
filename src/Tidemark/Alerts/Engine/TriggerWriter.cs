using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Engine;

/// <summary>Another node judges now; whatever this one still holds is that node's to find.</summary>
sealed class EngineOvertakenException() : Exception("Another node judges alerts now.");

/// <summary>
/// Takes what judges find, in their order, and commits it in batches: triggers with their notifications, and behind them how far was judged.
/// Nothing is sent before its commit and nothing is dropped: while the database is away it is tried again, and who finds more waits.
/// </summary>
sealed class TriggerWriter(long fence, EngineRules rules, IServiceScopeFactory scopes, TriggerHerald herald, TimeProvider clock, ILogger log)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(5);
    readonly Channel<EngineItem> _queue = Channel.CreateBounded<EngineItem>(new BoundedChannelOptions(rules.Waiting) { SingleReader = true });
    readonly List<EngineItem> _batch = [];
    EngineItem? _next;

    /// <summary>Takes it once there is room.</summary>
    public ValueTask Offer(EngineItem item, CancellationToken stop)
    {
        AlertMeter.Waiting.Add(1);
        return _queue.Writer.WriteAsync(item, stop);
    }

    /// <summary>Writes until told to stop; ends with an exception where another node took over.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (await Fill(stop))
        {
            await WriteAll(_batch, stop);
        }
    }

    /// <summary>Writes items in one transaction, however long the database is away; where one of them cannot be written, each by itself, and that one not.</summary>
    async Task WriteAll(List<EngineItem> items, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await herald.Tell(await Write(items, stop), stop);
                return;
            }
            catch (Exception fault) when (DatabaseFaults.IsPassing(fault, stop))
            {
                log.LogWarning("Triggers could not be written; it is tried again in {Milliseconds} ms: {Reason}", pause.TotalMilliseconds, fault.Message);
                await Task.Delay(pause, clock, stop);
            }
            catch (Exception fault) when (fault is not (EngineOvertakenException or OperationCanceledException))
            {
                if (items.Count == 1)
                {
                    log.LogError(fault, "{Item} cannot be written and is left out", items[0] is PendingTrigger trigger ? $"The trigger {trigger.Occasion} of alert {trigger.Alert.Id}" : $"{items[0]}");
                    return;
                }
                foreach (var item in items)
                {
                    await WriteAll([item], stop);
                }
                return;
            }
        }
    }

    /// <summary>Takes a batch off the queue in which every alert stands once at most, so that one statement serves all.</summary>
    async Task<bool> Fill(CancellationToken stop)
    {
        _batch.Clear();
        if (_next is null && !await _queue.Reader.WaitToReadAsync(stop))
        {
            return false;
        }
        var alerts = new HashSet<long>();
        while (_batch.Count < rules.AtOnce && (_next is { } item || _queue.Reader.TryRead(out item)))
        {
            if (item is PendingTrigger trigger && !alerts.Add(trigger.Alert.Id))
            {
                _next = item;
                break;
            }
            _next = null;
            AlertMeter.Waiting.Add(-1);
            _batch.Add(item);
        }
        return true;
    }

    async Task<IReadOnlyList<WrittenTrigger>> Write(List<EngineItem> items, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        var now = clock.GetUtcNow();
        IReadOnlyList<WrittenTrigger> written = [];
        await db.InTransaction(
            async transaction =>
            {
                await using (var hold = AlertSql.Command(transaction, "SELECT fence FROM alert_engine WHERE fence = $1 FOR SHARE", fence))
                {
                    if (await hold.ExecuteScalarAsync(stop) is null)
                    {
                        throw new EngineOvertakenException();
                    }
                }
                written = await scope.ServiceProvider.GetRequiredService<TriggerTable>().Write(transaction, [.. items.OfType<PendingTrigger>()], now, stop);
                var marks = items.OfType<ProgressMark>().GroupBy(mark => mark.Id).Select(group => group.Last()).ToList();
                if (marks.Count > 0)
                {
                    await AlertProgress.Write((NpgsqlTransaction)transaction.GetDbTransaction(), marks, now, stop);
                }
            },
            stop);
        return written;
    }
}
