using System.ComponentModel;
using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Reading;

/// <summary>For operators: how each channel is doing, and what was given up.</summary>
public static class SenderEndpoints
{
    public static void Map(RouteGroupBuilder senders)
    {
        senders.MapGet("", Overview).Allow(Caller.Operator, "admin:notifications").WithSummary("How each channel is doing").Shows(new[] { new ChannelFigures(ChannelKind.Ntfy, true, 3, 0.4, 1_204, 0, 1, 0, 62, 180, 420) });
        senders.MapGet("/dead", Dead).Allow(Caller.Operator, "admin:notifications").WithSummary("What was given up, newest first").Shows(new Page<DeadLetter>([new(90_210, 17, ChannelKind.Webhook, NotificationKind.Alert, "The webhook answered 503.", 12, new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))], 50, null));
    }

    public sealed record ChannelFigures(
        ChannelKind Channel,
        bool IsOffered,
        [property: Description("Due and not yet sent.")] long Waiting,
        [property: Description("How long the oldest of them has been due; null when none is.")] double? OldestSeconds,
        [property: Description("Accepted in the last 24 hours.")] long Sent,
        [property: Description("Given up in the last 24 hours.")] long Dead,
        [property: Description("Stood in for by another channel in the last 24 hours.")] long Replaced,
        [property: Description("Channels of people that are paused now.")] long Paused,
        [property: Description("Half were accepted within, from when they were due, over the last 24 hours.")] double? P50Ms,
        double? P95Ms,
        double? P99Ms);

    /// <summary>What it said is the person's own business.</summary>
    public sealed record DeadLetter(long Id, long UserId, ChannelKind Channel, NotificationKind Kind, string? Why, int Attempts, DateTimeOffset? EndedAt);

    static async Task<IReadOnlyList<ChannelFigures>> Overview(NpgsqlDataSource source, OfferedChannels offered, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var select = OutboxSql.Command(
            source,
            """
            SELECT s.channel,
                   count(d.id) FILTER (WHERE d.status IN ('WAITING', 'SENDING') AND d.next_at <= $1),
                   (extract(epoch FROM $1 - min(d.next_at) FILTER (WHERE d.status IN ('WAITING', 'SENDING') AND d.next_at <= $1)))::double precision,
                   count(d.id) FILTER (WHERE d.status = 'SENT'),
                   count(d.id) FILTER (WHERE d.status = 'DEAD'),
                   count(d.id) FILTER (WHERE d.status = 'REPLACED'),
                   (SELECT count(*) FROM notification_channels c WHERE c.channel = s.channel AND c.paused_at IS NOT NULL AND (c.paused_until IS NULL OR c.paused_until > $1)),
                   percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM d.accepted_at - d.due_at) * 1000) FILTER (WHERE d.status = 'SENT')
            FROM notification_senders s
            LEFT JOIN notification_deliveries d ON d.channel = s.channel AND (d.ended_at IS NULL OR d.ended_at > $1 - interval '24 hours')
            GROUP BY s.channel
            ORDER BY s.channel
            """,
            now);
        await using var rows = await select.ExecuteReaderAsync(stop);
        var figures = new List<ChannelFigures>();
        while (await rows.ReadAsync(stop))
        {
            var channel = ChannelWords.Parse(rows.GetString(0));
            var latency = rows.IsDBNull(7) ? [] : rows.GetFieldValue<double?[]>(7);
            figures.Add(new(
                channel, offered.Has(channel), rows.GetInt64(1), rows.IsDBNull(2) ? null : Math.Round(rows.GetDouble(2), 1), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6),
                At(0), At(1), At(2)));

            double? At(int index) => index < latency.Length && latency[index] is { } value ? Math.Round(value, 1) : null;
        }
        return figures;
    }

    static async Task<Page<DeadLetter>> Dead([AsParameters] PageRequest page, TidemarkDb db, CancellationToken stop)
    {
        var before = page.Before;
        return await (
            from one in db.Set<DeliveryRecord>()
            where one.Id < before && one.Status == DeliveryStatus.Dead
            join of in db.Set<Notification>() on one.NotificationId equals of.Id
            orderby one.Id descending
            select new DeadLetter(one.Id, one.UserId, one.Channel, of.Kind, one.Why, one.Attempts, one.EndedAt)).ToPage(page, one => one.Id, stop);
    }
}
