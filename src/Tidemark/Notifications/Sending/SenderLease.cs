using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// The right to send on a channel: one node's at a time, by a row with a fence that rises with every holder. Time is the database's, so
/// that nodes with different clocks agree; how long the right lasts is watched here on the monotonic clock, from before it was asked for.
/// </summary>
sealed class SenderLease(ChannelKind channel, string holder, NpgsqlDataSource source, TimeSpan length, TimeProvider clock)
{
    const long NotHeld = long.MinValue;
    long _heldSince = NotHeld;

    /// <summary>Carried by every write of this holder.</summary>
    public long Fence
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>Whether it still counts for as long as an attempt may take; asked by what is under way while the loop renews it.</summary>
    public bool IsHeld => HeldSince is { } since && clock.GetElapsedTime(since) < length / 2;

    long? HeldSince
    {
        get => Volatile.Read(ref _heldSince) is var since && since == NotHeld ? null : since;
        set => Volatile.Write(ref _heldSince, value ?? NotHeld);
    }

    /// <summary>Takes or renews it; false while another node has it. Who takes over also takes back what the last holder had in hand.</summary>
    public async Task<bool> Hold(CancellationToken stop)
    {
        if (HeldSince is { } held && clock.GetElapsedTime(held) < length / 4)
        {
            return true;
        }
        var asked = clock.GetTimestamp();
        if (HeldSince is not null && await Renew(stop))
        {
            HeldSince = asked;
            return true;
        }
        HeldSince = await Take(stop) ? asked : null;
        return HeldSince is not null;
    }

    /// <summary>Lets the next node begin at once.</summary>
    public async Task GiveUp()
    {
        if (HeldSince is null)
        {
            return;
        }
        HeldSince = null;
        await using var release = OutboxSql.Command(source, "UPDATE notification_senders SET held_until = '-infinity' WHERE channel = $1 AND fence = $2", channel.Word(), Fence);
        await release.ExecuteNonQueryAsync(CancellationToken.None);
    }

    async Task<bool> Renew(CancellationToken stop)
    {
        await using var renew = OutboxSql.Command(
            source,
            "UPDATE notification_senders SET held_until = clock_timestamp() + $3 WHERE channel = $1 AND fence = $2",
            channel.Word(), Fence, length);
        return await renew.ExecuteNonQueryAsync(stop) == 1;
    }

    async Task<bool> Take(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var take = new NpgsqlCommand(
            """
            UPDATE notification_senders SET holder = $2, fence = fence + 1, held_until = clock_timestamp() + $3
            WHERE channel = (SELECT channel FROM notification_senders WHERE channel = $1 AND held_until < clock_timestamp() FOR UPDATE SKIP LOCKED)
            RETURNING fence
            """,
            connection, transaction)
        { Parameters = { new() { Value = channel.Word() }, new() { Value = holder }, new() { Value = length } } };
        if (await take.ExecuteScalarAsync(stop) is not long fence)
        {
            return false;
        }
        await using var back = new NpgsqlCommand(
            """
            UPDATE notification_deliveries SET status = 'WAITING', why = 'The sender stopped in the middle; it is sent again.'
            WHERE channel = $1 AND status = 'SENDING' AND fence < $2
            """,
            connection, transaction)
        { Parameters = { new() { Value = channel.Word() }, new() { Value = fence } } };
        await back.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        Fence = fence;
        return true;
    }
}
