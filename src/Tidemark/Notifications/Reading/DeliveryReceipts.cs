using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;

namespace Tidemark.Notifications.Reading;

/// <summary>How the first channel that leads out of the app took a message: when it was tried, and when it accepted. The app's own list counts where it is the only one. What the person's quiet hours kept back says until when.</summary>
public sealed record DeliveryReceipt(string MessageId, DateTimeOffset SentAt, DateTimeOffset AcceptedAt, ChannelKind AcceptedBy, DateTimeOffset? HeldUntil);

/// <summary>Tells other modules what became of what they posted.</summary>
public sealed class DeliveryReceipts(NpgsqlDataSource source)
{
    /// <summary>The first acceptance of each of some messages, where there is one.</summary>
    public async Task<IReadOnlyList<DeliveryReceipt>> Of(IReadOnlyCollection<string> messages, CancellationToken stop)
    {
        await using var select = OutboxSql.Command(
            source,
            """
            SELECT DISTINCT ON (n.id) n.message_id, coalesce(d.first_attempt_at, d.accepted_at), d.accepted_at, d.channel,
                   CASE WHEN d.due_at > greatest(n.created_at, n.not_before) + interval '1 second' THEN d.due_at END
            FROM notifications n
            JOIN notification_deliveries d ON d.notification_id = n.id
            WHERE n.message_id = ANY ($1) AND d.accepted_at IS NOT NULL
              AND (d.channel <> 'IN_APP' OR NOT EXISTS (SELECT FROM notification_deliveries o WHERE o.notification_id = n.id AND o.channel <> 'IN_APP' AND o.status <> 'SKIPPED'))
            ORDER BY n.id, d.accepted_at
            """,
            (object)messages.ToArray());
        await using var rows = await select.ExecuteReaderAsync(stop);
        var receipts = new List<DeliveryReceipt>();
        while (await rows.ReadAsync(stop))
        {
            receipts.Add(new(rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2), ChannelWords.Parse(rows.GetString(3)), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4)));
        }
        return receipts;
    }
}
