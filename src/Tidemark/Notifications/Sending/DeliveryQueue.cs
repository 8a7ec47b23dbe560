using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Sending;

/// <summary>Where deliveries of a channel lead to: a person, and one of his browsers where there are several. What goes to one place goes in order.</summary>
readonly record struct Place(long UserId, long Target);

/// <summary>A delivery a sender has in hand, with the notification it is of. The first attempt is the first that was made: what was only looked at has none.</summary>
sealed record Claimed(
    long Id, int Attempt, long UserId, long Target, DateTimeOffset DueAt, DateTimeOffset? FirstAttemptAt, long NotificationId, string MessageId, NotificationKind Kind, string? Symbol,
    Direction? Direction, bool IsUrgent, string? Needs, string Title, string Body, string? Link, DateTimeOffset CreatedAt)
{
    public Place Place => new(UserId, Target);
}

/// <summary>The table of deliveries as one sender uses it: takes what is due, writes what became of it, and finds nothing to write once another sender holds the fence.</summary>
sealed class DeliveryQueue(ChannelKind channel, NpgsqlDataSource source, TimeProvider clock)
{
    const int Looked = 256;

    /// <summary>Takes the oldest that are due, one for a place, and none for a place that is busy.</summary>
    public async Task<List<Claimed>> Claim(long fence, int most, IReadOnlyCollection<Place> busy, CancellationToken stop)
    {
        await using var claim = OutboxSql.Command(
            source,
            """
            WITH holder AS (
                SELECT channel FROM notification_senders WHERE channel = $1 AND fence = $2 FOR SHARE
            ), looked AS MATERIALIZED (
                SELECT d.id, d.user_id, d.target, d.next_at FROM notification_deliveries d
                WHERE d.channel = (SELECT channel FROM holder) AND d.status = 'WAITING' AND d.next_at <= $3
                  AND NOT EXISTS (SELECT FROM unnest($5, $6) AS busy (user_id, target) WHERE busy.user_id = d.user_id AND busy.target = d.target)
                ORDER BY d.next_at, d.id
                LIMIT $7
            ), firsts AS (
                SELECT DISTINCT ON (user_id, target) id, next_at FROM looked ORDER BY user_id, target, id
            ), due AS (
                SELECT id FROM notification_deliveries
                WHERE id IN (SELECT id FROM firsts ORDER BY next_at, id LIMIT $4) AND status = 'WAITING'
                FOR UPDATE SKIP LOCKED
            )
            UPDATE notification_deliveries d
            SET status = 'SENDING', fence = $2, attempts = d.attempts + 1
            FROM due, notifications n
            WHERE d.id = due.id AND n.id = d.notification_id
            RETURNING d.id, d.attempts, d.user_id, d.target, d.due_at, d.first_attempt_at, n.id, n.message_id, n.kind, n.symbol, n.direction, n.urgent, n.needs, n.title, n.body, n.link, n.created_at
            """,
            channel.Word(), fence, clock.GetUtcNow(), most, Users(busy), Targets(busy), Looked);
        await using var rows = await claim.ExecuteReaderAsync(stop);
        var claimed = new List<Claimed>();
        while (await rows.ReadAsync(stop))
        {
            claimed.Add(new(
                rows.GetInt64(0), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetFieldValue<DateTimeOffset>(4), rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5), rows.GetInt64(6), rows.GetString(7),
                Enum.Parse<NotificationKind>(rows.GetString(8), true), Text(9), Text(10) is { } direction ? Enum.Parse<Direction>(direction, true) : null,
                rows.GetBoolean(11), Text(12), rows.GetString(13), rows.GetString(14), Text(15), rows.GetFieldValue<DateTimeOffset>(16)));
        }
        return claimed;

        string? Text(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
    }

    /// <summary>Writes how an attempt ended, and the attempt itself; false when the fence has moved on and nothing was written.</summary>
    public async Task<bool> Mark(Claimed delivery, long fence, Mark mark, CancellationToken stop)
    {
        await using var update = OutboxSql.Command(
            source,
            """
            WITH marked AS (
                UPDATE notification_deliveries
                SET status = $3, why = $4, next_at = $5, ended_at = $6, attempts = attempts - $7, first_attempt_at = CASE WHEN $8 THEN coalesce(first_attempt_at, $10) ELSE first_attempt_at END
                WHERE id = $1 AND fence = $2 AND status = 'SENDING'
                RETURNING id, notification_id, user_id, channel, due_at
            ), noted AS (
                INSERT INTO notification_attempts (delivery_id, number, started_at, took_ms, outcome, why)
                SELECT id, $9, $10, $11, $12, $4 FROM marked WHERE $12 <> ''
            ), stood_in AS (
                INSERT INTO notification_deliveries (notification_id, user_id, channel, target, status, stands_in_for, next_at, due_at, created_at)
                SELECT notification_id, user_id, $13, target, 'WAITING', channel, $5, due_at, $5
                FROM marked, unnest($14) AS target
                WHERE $13 <> ''
                ON CONFLICT (notification_id, channel, target) DO UPDATE
                SET status = 'WAITING', why = NULL, stands_in_for = excluded.stands_in_for, next_at = excluded.next_at, ended_at = NULL
                WHERE notification_deliveries.status = 'SKIPPED'
            ), rung AS (
                SELECT pg_notify($15, '') FROM marked WHERE $13 <> ''
            )
            SELECT count(*) FROM marked LEFT JOIN rung ON true
            """);
        Add(update, delivery.Id);
        Add(update, fence);
        Add(update, mark.Status.Word());
        Add(update, Sql.Value(mark.Why), NpgsqlTypes.NpgsqlDbType.Text);
        Add(update, mark.NextAt);
        Add(update, Sql.Value(mark.EndedAt), NpgsqlTypes.NpgsqlDbType.TimestampTz);
        Add(update, mark.IsFree ? 1 : 0);
        Add(update, mark.WasTried);
        Add(update, delivery.Attempt);
        Add(update, mark.StartedAt);
        Add(update, (int)Math.Min(int.MaxValue, mark.Took.TotalMilliseconds));
        Add(update, mark.Outcome);
        Add(update, mark.StandIn?.Channel.Word() ?? "");
        Add(update, mark.StandIn?.Targets ?? []);
        Add(update, NotificationOutbox.Bell);
        return (long)(await update.ExecuteScalarAsync(stop))! == 1;

        static void Add(NpgsqlCommand command, object value, NpgsqlTypes.NpgsqlDbType? type = null) =>
            command.Parameters.Add(type is { } given ? new NpgsqlParameter { Value = value, NpgsqlDbType = given } : new NpgsqlParameter { Value = value });
    }

    /// <summary>Puts back what this holder has in hand and does not see to: it was taken, and nothing was sent.</summary>
    public async Task PutBack(long fence, IReadOnlyCollection<long> underWay, CancellationToken stop)
    {
        await using var back = OutboxSql.Command(
            source,
            "UPDATE notification_deliveries SET status = 'WAITING', attempts = greatest(attempts - 1, 0) WHERE channel = $1 AND status = 'SENDING' AND fence = $2 AND id <> ALL ($3)",
            channel.Word(), fence, underWay.ToArray());
        await back.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The first of some receipts that no other delivery of the channel ended with.</summary>
    public async Task<string?> FirstUnknown(long delivery, IReadOnlyList<string> receipts, CancellationToken stop)
    {
        if (receipts.Count == 0)
        {
            return null;
        }
        await using var select = OutboxSql.Command(
            source,
            """
            SELECT receipt FROM notification_deliveries
            WHERE user_id = (SELECT user_id FROM notification_deliveries WHERE id = $1) AND channel = $2 AND id <> $1 AND receipt = ANY ($3)
            """,
            delivery, channel.Word(), receipts.ToArray());
        await using var rows = await select.ExecuteReaderAsync(stop);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(stop))
        {
            known.Add(rows.GetString(0));
        }
        return receipts.FirstOrDefault(receipt => !known.Contains(receipt));
    }

    /// <summary>When the next of the channel is due for a place that is not busy; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> NextAt(IReadOnlyCollection<Place> busy, CancellationToken stop)
    {
        await using var select = OutboxSql.Command(
            source,
            """
            SELECT d.next_at FROM notification_deliveries d
            WHERE d.channel = $1 AND d.status = 'WAITING'
              AND NOT EXISTS (SELECT FROM unnest($2, $3) AS busy (user_id, target) WHERE busy.user_id = d.user_id AND busy.target = d.target)
            ORDER BY d.next_at
            LIMIT 1
            """,
            channel.Word(), Users(busy), Targets(busy));
        return await select.ExecuteScalarAsync(stop) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    static long[] Users(IReadOnlyCollection<Place> places) => [.. places.Select(place => place.UserId)];
    static long[] Targets(IReadOnlyCollection<Place> places) => [.. places.Select(place => place.Target)];
}

/// <summary>What an attempt, or the decision not to make one, leaves in the table.</summary>
sealed record Mark(DeliveryStatus Status, DateTimeOffset NextAt)
{
    public string? Why { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What takes over; written in the same statement, so that nothing is given up before its substitute is there.</summary>
    public StandIn? StandIn { get; init; }

    /// <summary>It does not count as an attempt.</summary>
    public bool IsFree { get; init; }

    /// <summary>LATER, FAILED or REFUSED; empty where no attempt is to be noted.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The service was called: from the first such time on a delivery is counted as being tried.</summary>
    public bool WasTried { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public TimeSpan Took { get; init; }
}
