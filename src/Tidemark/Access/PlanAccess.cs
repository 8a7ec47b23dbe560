using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Access;

/// <summary>Whose rights are asked about.</summary>
public readonly record struct Subject(long UserId, Plan Plan, Role Role)
{
    public static implicit operator Subject(Caller caller) => FromCaller(caller);
    public static Subject FromCaller(Caller caller) => new(caller.UserId, caller.Plan, caller.Role);
}

/// <summary>
/// Answers what a user's plan allows, and keeps its counts. A count and its limit are held by the database in one statement,
/// inside the caller's transaction: what is not committed is not spent.
/// </summary>
public sealed class PlanAccess(TidemarkDb db, TimeProvider clock)
{
    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Whether the user may, and why.</summary>
    public async Task<Standing> Allows(Subject user, Entitlement entitlement, CancellationToken stop, string? item = null) =>
        Explain(user, entitlement, await Used(user, entitlement, stop), item);

    /// <summary>Lets the user through or refuses with the explanation.</summary>
    public async Task Require(Subject user, Entitlement entitlement, CancellationToken stop, string? item = null)
    {
        if (await Allows(user, entitlement, stop, item) is { Allowed: false } why)
        {
            throw why.Refusal();
        }
    }

    /// <summary>Counts what is limited a day; refuses when none is left.</summary>
    public async Task<Standing> Spend(Subject user, Entitlement entitlement, CancellationToken stop, int count = 1)
    {
        var grant = entitlement.Of(user.Plan, user.Role);
        int? used = null;
        await db.InTransaction(async transaction => used = await Count(transaction, user, entitlement, count, grant.Most, stop), stop);
        return used is { } now ? Explain(user, entitlement, now) : throw Explain(user, entitlement, await Used(user, entitlement, stop)).Refusal();
    }

    /// <summary>Takes a place for what may be held; taking it twice is taking it once.</summary>
    public async Task<Standing> Take(Subject user, Entitlement entitlement, string item, CancellationToken stop)
    {
        var grant = entitlement.Of(user.Plan, user.Role);
        if (grant.Only is { } only && !only.Contains(item, StringComparer.OrdinalIgnoreCase))
        {
            throw Explain(user, entitlement, 0, item).Refusal();
        }
        var isTaken = false;
        await db.InTransaction(async transaction => isTaken = await Place(transaction, user, entitlement, item, grant.Most, stop), stop);
        var used = await Used(user, entitlement, stop);
        return isTaken ? Explain(user, entitlement, used) : throw Explain(user, entitlement, used).Refusal();
    }

    public Task GiveUp(long user, Entitlement entitlement, string item, CancellationToken stop) =>
        db.InTransaction(
            async transaction =>
            {
                await using var command = Command(transaction, "DELETE FROM entitlement_places WHERE user_id = $1 AND entitlement = $2 AND item = $3", user, entitlement.Name, item);
                await command.ExecuteNonQueryAsync(stop);
            },
            stop);

    /// <summary>Gives up many places at once.</summary>
    public async Task GiveUp(IReadOnlyCollection<(long User, string Item)> places, Entitlement entitlement, CancellationToken stop)
    {
        if (places.Count == 0)
        {
            return;
        }
        await db.InTransaction(
            async transaction =>
            {
                await using var command = Command(
                    transaction,
                    "DELETE FROM entitlement_places p USING unnest($2, $3) AS given (user_id, item) WHERE p.entitlement = $1 AND p.user_id = given.user_id AND p.item = given.item",
                    entitlement.Name, places.Select(place => place.User).ToArray(), places.Select(place => place.Item).ToArray());
                await command.ExecuteNonQueryAsync(stop);
            },
            stop);
    }

    /// <summary>Where the user stands with everything.</summary>
    public async Task<IReadOnlyList<Standing>> Overview(Subject user, CancellationToken stop)
    {
        var standings = new List<Standing>();
        foreach (var entitlement in Entitlements.All)
        {
            standings.Add(await Allows(user, entitlement, stop));
        }
        return standings;
    }

    Standing Explain(Subject user, Entitlement entitlement, int used, string? item = null) =>
        entitlement.Explain(user.Plan, user.Role, used, entitlement.Measure == Measure.Daily ? new DateTimeOffset(Today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null, item);

    async Task<int> Used(Subject user, Entitlement entitlement, CancellationToken stop)
    {
        var sql = entitlement.Measure switch
        {
            Measure.Daily => "SELECT coalesce((SELECT used FROM entitlement_use WHERE user_id = $1 AND entitlement = $2 AND day = $3), 0)",
            Measure.Held => "SELECT count(*)::integer FROM entitlement_places WHERE user_id = $1 AND entitlement = $2 AND $3::date IS NOT NULL",
            _ => null,
        };
        var used = 0;
        if (sql is not null)
        {
            await db.InTransaction(
                async transaction =>
                {
                    await using var command = Command(transaction, sql, user.UserId, entitlement.Name, Today);
                    used = (int)(await command.ExecuteScalarAsync(stop))!;
                },
                stop);
        }
        return used;
    }

    /// <summary>The new count, or null when it would exceed the limit. The table's check holds the same.</summary>
    async Task<int?> Count(IDbContextTransaction transaction, Subject user, Entitlement entitlement, int count, int? most, CancellationToken stop)
    {
        if (most < count)
        {
            return null;
        }
        await using var command = Command(
            transaction,
            """
            INSERT INTO entitlement_use AS kept (user_id, entitlement, day, used, most)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id, entitlement, day) DO UPDATE
            SET used = kept.used + excluded.used, most = excluded.most
            WHERE excluded.most IS NULL OR kept.used + excluded.used <= excluded.most
            RETURNING used
            """,
            user.UserId, entitlement.Name, Today, count, Sql.Value(most));
        return (int?)await command.ExecuteScalarAsync(stop);
    }

    /// <summary>Takes the lowest free place of those the plan has. Two who want the same one meet at its key, and the later tries the next.</summary>
    async Task<bool> Place(IDbContextTransaction transaction, Subject user, Entitlement entitlement, string item, int? most, CancellationToken stop)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            await using var command = Command(
                transaction,
                """
                WITH taken AS (
                    INSERT INTO entitlement_places (user_id, entitlement, place, item, taken_at)
                    SELECT $1, $2, free.place, $3, $4
                    FROM (
                        SELECT min(candidate) AS place
                        FROM generate_series(1, least($5, 1 + (SELECT coalesce(max(place), 0) FROM entitlement_places WHERE user_id = $1 AND entitlement = $2))) AS candidate
                        WHERE NOT EXISTS (SELECT FROM entitlement_places WHERE user_id = $1 AND entitlement = $2 AND place = candidate)
                    ) AS free
                    WHERE free.place IS NOT NULL
                    ON CONFLICT DO NOTHING
                    RETURNING 1
                )
                SELECT (SELECT count(*) FROM taken),
                       (SELECT count(*) FROM entitlement_places WHERE user_id = $1 AND entitlement = $2 AND item = $3),
                       (SELECT count(*) FROM entitlement_places WHERE user_id = $1 AND entitlement = $2 AND place <= $5)
                """,
                user.UserId, entitlement.Name, item, clock.GetUtcNow(), most ?? int.MaxValue);
            await using var row = await command.ExecuteReaderAsync(stop);
            await row.ReadAsync(stop);
            if (row.GetInt64(0) > 0 || row.GetInt64(1) > 0)
            {
                return true;
            }
            if (row.GetInt64(2) >= (most ?? int.MaxValue))
            {
                return false;
            }
        }
        throw new TidemarkException(ErrorCode.DatabaseBusy);
    }

    static NpgsqlCommand Command(IDbContextTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        var within = (NpgsqlTransaction)transaction.GetDbTransaction();
        var command = new NpgsqlCommand(sql, within.Connection, within);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } : new NpgsqlParameter { Value = value });
        }
        return command;
    }
}
