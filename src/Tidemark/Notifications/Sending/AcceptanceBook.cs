using Npgsql;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Templates;

namespace Tidemark.Notifications.Sending;

/// <summary>A service has taken a delivery.</summary>
sealed record Acceptance(long Delivery, long Fence, int Attempt, DateTimeOffset StartedAt, TimeSpan Took, DateTimeOffset At, string? Receipt, string? Why);

/// <summary>
/// Writes down what was accepted the moment it was: until it stands there, a sender that is killed leaves a message to be sent again. One
/// prepared statement on one connection that stays open, for all channels; what comes while it is under way goes together with the next.
/// </summary>
sealed class AcceptanceBook(NpgsqlDataSource source) : IAsyncDisposable
{
    const int LongestReceipt = 200;

    readonly Lock _gate = new(), _turns = new();
    List<(Acceptance What, TaskCompletionSource<bool> Written)> _pending = [];
    NpgsqlConnection? _connection;
    Task _last = Task.CompletedTask;

    /// <summary>Makes ready before anything is sent, so that nothing waits for a connection afterwards.</summary>
    public Task Open(CancellationToken stop) => _connection is null ? InTurn(() => Ready(stop)) : Task.CompletedTask;

    /// <summary>False when another sender has the delivery by now, and nothing was written.</summary>
    public async Task<bool> Write(Acceptance acceptance)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _pending.Add((acceptance, written));
        }
        await InTurn(WritePending);
        return await written.Task;
    }

    /// <summary>One after another: a connection does one thing at a time.</summary>
    Task InTurn(Func<Task> work)
    {
        lock (_turns)
        {
            return _last = After(_last, work);
        }
    }

    static async Task After(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await work();
    }

    async Task WritePending()
    {
        List<(Acceptance What, TaskCompletionSource<bool> Written)> taken;
        lock (_gate)
        {
            (taken, _pending) = (_pending, []);
        }
        if (taken.Count == 0)
        {
            return;
        }
        await Write(taken);
    }

    /// <summary>Where the database refuses some for what is in one of them, each goes by itself, so that it costs no other.</summary>
    async Task Write(List<(Acceptance What, TaskCompletionSource<bool> Written)> taken)
    {
        try
        {
            var found = await WriteAll([.. taken.Select(one => one.What)]);
            taken.ForEach(one => one.Written.SetResult(found.Contains(one.What.Delivery)));
        }
        catch (Exception fault) when (taken.Count > 1 && fault is PostgresException { IsTransient: false } or ArgumentException)
        {
            await Close();
            foreach (var one in taken)
            {
                await Write([one]);
            }
        }
        catch (Exception fault)
        {
            await Close();
            taken.ForEach(one => one.Written.SetException(fault));
        }
    }

    /// <summary>
    /// A delivery that a new holder put back and nobody has taken since is marked as well: that it was accepted is so, whoever holds the lease.
    /// </summary>
    async Task<HashSet<long>> WriteAll(Acceptance[] all)
    {
        await using var write = new NpgsqlCommand(
            """
            WITH marked AS (
                UPDATE notification_deliveries d
                SET status = 'SENT', why = NULL, next_at = taken.at, accepted_at = taken.at, ended_at = taken.at, receipt = taken.receipt,
                    first_attempt_at = coalesce(d.first_attempt_at, taken.started_at)
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS taken (id, fence, number, started_at, took_ms, at, receipt, why)
                WHERE d.id = taken.id AND d.fence = taken.fence AND d.status IN ('SENDING', 'WAITING')
                RETURNING d.id, taken.number, taken.started_at, taken.took_ms, taken.why
            ), noted AS (
                INSERT INTO notification_attempts (delivery_id, number, started_at, took_ms, outcome, why)
                SELECT id, number, started_at, took_ms, 'ACCEPTED', why FROM marked
            )
            SELECT id FROM marked
            """,
            await Ready(CancellationToken.None));
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. all.Select(one => one.Delivery)] });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. all.Select(one => one.Fence)] });
        write.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. all.Select(one => one.Attempt)] });
        write.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. all.Select(one => one.StartedAt)] });
        write.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. all.Select(one => (int)Math.Min(int.MaxValue, one.Took.TotalMilliseconds))] });
        write.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. all.Select(one => one.At)] });
        write.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. all.Select(one => Receipt(one.Receipt))] });
        write.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. all.Select(one => one.Why is { } why ? DeliveryWords.Why(why) : null)] });
        // On a connection that knows it this costs nothing.
        await write.PrepareAsync();
        await using var rows = await write.ExecuteReaderAsync();
        var found = new HashSet<long>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetInt64(0));
        }
        return found;
    }

    /// <summary>As long as the table takes it, whatever a server made of it.</summary>
    internal static string? Receipt(string? told) => told is null ? null : PlainText.Cut(PlainText.OneLine(told), LongestReceipt);

    async Task<NpgsqlConnection> Ready(CancellationToken stop) => _connection ??= await source.OpenConnectionAsync(stop);

    async Task Close()
    {
        var broken = _connection;
        _connection = null;
        if (broken is not null)
        {
            await broken.DisposeAsync();
        }
    }

    /// <summary>Waits for what is being written: a connection must not be closed under a statement.</summary>
    public async ValueTask DisposeAsync() => await InTurn(Close);
}
