using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Sending;

/// <summary>A channel that takes over from one that failed, with the places it leads to; none where it was called already.</summary>
sealed record StandIn(ChannelKind Channel, long[] Targets);

/// <summary>
/// Finds the channel that stands in: the first of the person's list that is ready and does not have the notification already. One is called for
/// a channel, however many of its places fail, and none where another of its places has the message.
/// </summary>
sealed class StandIns(TidemarkDb db, RouteBook routes, TimeProvider clock)
{
    sealed record Sibling(long Id, string Channel, string Status, string? StandsInFor);

    /// <summary>
    /// For what ended, another place that is still to be sent to counts as well: it calls for itself should it fail. What merely waits too long
    /// does not wait for others that wait too.
    /// </summary>
    public async Task<StandIn?> Find(long delivery, long notification, long user, ChannelKind failed, bool hasEnded, CancellationToken stop)
    {
        var person = (await routes.Find([user], stop))[user];
        if (person.Fallback.Count == 0)
        {
            return null;
        }
        var siblings = await db.Database.SqlQuery<Sibling>(
            $"""
            SELECT id AS "Id", channel AS "Channel", status AS "Status", stands_in_for AS "StandsInFor" FROM notification_deliveries
            WHERE notification_id = {notification} AND status <> 'SKIPPED'
            """).ToListAsync(stop);
        if (siblings.Exists(one => one.Id != delivery && one.Channel == failed.Word() && (one.Status is "SENT" || (hasEnded && one.Status is "WAITING" or "SENDING"))))
        {
            return null;
        }
        if (siblings.Find(one => one.StandsInFor == failed.Word()) is { } called)
        {
            return new StandIn(ChannelWords.Parse(called.Channel), []);
        }
        var other = Routing.Substitute(user, person, [.. siblings.Select(one => new DeliveryRoute(ChannelWords.Parse(one.Channel), 0, DeliveryStatus.Waiting))], failed, clock.GetUtcNow());
        return other is { } channel ? new StandIn(channel, [.. person.Targets(channel)]) : null;
    }
}
