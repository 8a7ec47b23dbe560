using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Reading;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Writes into triggers when a channel accepted their notification: the last two of their stamps. What a person's quiet hours kept back is counted
/// from their end, like what a plan tells later.
/// </summary>
public sealed class ReceiptCollector(NpgsqlDataSource source, DeliveryReceipts receipts, TimeProvider clock)
{
    const int AtOnce = 1_000;
    static readonly TimeSpan Between = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromDays(1);
    long _after;
    DateTimeOffset _looked;

    public async Task Collect(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (now - _looked < Between)
        {
            return;
        }
        _looked = now;
        var open = await Open(now, stop);
        // What nobody accepts is passed over, and looked at again on the next round.
        _after = open.Count < AtOnce ? 0 : open.Values.Max();
        var found = open.Count == 0 ? [] : await receipts.Of(open.Keys, stop);
        if (found.Count == 0)
        {
            return;
        }
        await AlertSql.Execute(
            source,
            """
            UPDATE alert_triggers t SET sent_at = r.sent_at, accepted_at = r.accepted_at, accepted_by = r.accepted_by, not_before = greatest(t.not_before, r.held_until)
            FROM unnest($1, $2, $3, $4, $5) AS r (id, sent_at, accepted_at, accepted_by, held_until)
            WHERE t.id = r.id
            """,
            stop,
            found.Select(one => open[one.MessageId]).ToArray(), found.Select(one => one.SentAt).ToArray(), found.Select(one => one.AcceptedAt).ToArray(), found.Select(one => one.AcceptedBy.Word()).ToArray(),
            found.Select(one => one.HeldUntil).ToArray());
    }

    async Task<Dictionary<string, long>> Open(DateTimeOffset now, CancellationToken stop)
    {
        await using var select = AlertSql.Command(
            source,
            """
            SELECT message_id, id
            FROM alert_triggers
            WHERE accepted_at IS NULL AND withheld IS NULL AND message_id IS NOT NULL AND written_at > $1 AND id > $2
            ORDER BY id
            LIMIT $3
            """,
            now - Longest, _after, AtOnce);
        await using var rows = await select.ExecuteReaderAsync(stop);
        var open = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(stop))
        {
            open[rows.GetString(0)] = rows.GetInt64(1);
        }
        return open;
    }
}
