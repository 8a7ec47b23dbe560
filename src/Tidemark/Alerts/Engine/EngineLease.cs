using Npgsql;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// The right to judge: one node's at a time, by a row with a fence that rises with every holder. Time is the database's; how long the right lasts
/// is watched here on the monotonic clock, from before it was asked for.
/// </summary>
sealed class EngineLease(string holder, NpgsqlDataSource source, TimeSpan length, TimeProvider clock)
{
    long? _heldSince;

    /// <summary>Carried by every write of this holder.</summary>
    public long Fence { get; private set; }

    /// <summary>Takes or renews it; false while another node has it. Once held, it is until the table says otherwise.</summary>
    public async Task<bool> Hold(CancellationToken stop)
    {
        if (_heldSince is { } held && clock.GetElapsedTime(held) < length / 3)
        {
            return true;
        }
        var asked = clock.GetTimestamp();
        if (_heldSince is not null)
        {
            try
            {
                _heldSince = await Renew(stop) ? asked : null;
            }
            catch (Exception away) when (DatabaseFaults.IsPassing(away, stop))
            {
                // While nobody can ask, nobody can take over unseen: the fence says so to this node, and to each of its writes, before they count.
            }
            return _heldSince is not null;
        }
        await using var take = AlertSql.Command(
            source,
            """
            UPDATE alert_engine SET holder = $1, fence = fence + 1, held_until = clock_timestamp() + $2
            WHERE only_one AND held_until < clock_timestamp()
            RETURNING fence
            """,
            holder, length);
        if (await take.ExecuteScalarAsync(stop) is not long fence)
        {
            return false;
        }
        (Fence, _heldSince) = (fence, asked);
        return true;
    }

    /// <summary>Lets the next node begin at once.</summary>
    public async Task GiveUp()
    {
        if (_heldSince is not null)
        {
            _heldSince = null;
            await AlertSql.Execute(source, "UPDATE alert_engine SET held_until = '-infinity' WHERE fence = $1", CancellationToken.None, Fence);
        }
    }

    async Task<bool> Renew(CancellationToken stop)
    {
        await using var renew = AlertSql.Command(source, "UPDATE alert_engine SET held_until = clock_timestamp() + $2 WHERE fence = $1", Fence, length);
        return await renew.ExecuteNonQueryAsync(stop) == 1;
    }
}
