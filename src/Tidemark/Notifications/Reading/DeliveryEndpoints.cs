using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Reading;

/// <summary>What became of a person's notifications: over which channel, when, after how many attempts, and why not.</summary>
public static class DeliveryEndpoints
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.MapGet("/deliveries", List).Allow(Caller.SignedIn, "read:notifications").WithSummary("Your delivery log, newest first").Shows(new Page<DeliveryView>([Example], 50, null));
        notifications.MapGet("/deliveries/{id:long}", One).Allow(Caller.SignedIn, "read:notifications").WithSummary("One delivery with its attempts").Shows(new DeliveryStory(Example, [new AttemptView(1, Noon, 84, "ACCEPTED", null)]));
        notifications.MapPost("/deliveries/{id:long}/retry", Retry).Allow(Caller.InPerson).WithSummary("Send again what was given up").Shows(Example with { Status = DeliveryStatus.Waiting, AcceptedAt = null, LatencyMs = null });
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    internal static DeliveryView Example { get; } = new(90_210, 4_711, "ntf_5d41402abc4b2a76b9719d911017c592", NotificationKind.Alert, "BTC/USDT is above 64,000", ChannelKind.Ntfy, DeliveryStatus.Sent, null, null, 1, Noon, Noon, Noon, Noon.AddMilliseconds(96), 96, null);

    public sealed record DeliveryView(
        long Id,
        long NotificationId,
        string MessageId,
        NotificationKind Kind,
        [property: Description("Null where the notification is withheld.")] string? Title,
        ChannelKind Channel,
        DeliveryStatus Status,
        [property: Description("Why it is as it is: what the channel said, which filter, which limit.")] string? Why,
        [property: Description("The channel it stands in for.")] string? StandsInFor,
        int Attempts,
        DateTimeOffset CreatedAt,
        [property: Description("When it was to be sent: createdAt, or later by plan or quiet hours.")] DateTimeOffset DueAt,
        DateTimeOffset? FirstAttemptAt,
        DateTimeOffset? AcceptedAt,
        [property: Description("From dueAt to acceptedAt.")] long? LatencyMs,
        [property: Description("When it is tried next; null once it has ended.")] DateTimeOffset? NextAt);

    public sealed record AttemptView(int Number, DateTimeOffset StartedAt, int TookMs, [property: Description("ACCEPTED, LATER, FAILED or REFUSED.")] string Outcome, string? Why);

    public sealed record DeliveryStory(DeliveryView Delivery, IReadOnlyList<AttemptView> Attempts);

    static async Task<Page<DeliveryView>> List(
        [AsParameters] PageRequest page, [Description("Only this channel, like NTFY.")] string? channel, Word<DeliveryStatus>? status, [Description("Only of this notification.")] long? notification,
        Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var (before, user) = (page.Before, caller.UserId);
        ChannelKind? kind = channel is null ? null : ChannelWords.Find(channel) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such channel.");
        var only = status?.Value;
        return await Views(db, db.Set<DeliveryRecord>().Where(one => one.UserId == user && one.Id < before && (kind == null || one.Channel == kind) && (only == null || one.Status == only) && (notification == null || one.NotificationId == notification)), clock.GetUtcNow())
            .ToPage(page, one => one.Id, stop);
    }

    static async Task<DeliveryStory> One(long id, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var user = caller.UserId;
        var delivery = await Views(db, db.Set<DeliveryRecord>().Where(one => one.Id == id && one.UserId == user), clock.GetUtcNow()).SingleOrDefaultAsync(stop) ?? throw new TidemarkException(ErrorCode.NotFound);
        var attempts = await db.Set<DeliveryAttempt>().Where(one => one.DeliveryId == id).OrderBy(one => one.Id).Take(200)
            .Select(one => new AttemptView(one.Number, one.StartedAt, one.TookMs, one.Outcome, one.Why)).ToListAsync(stop);
        return new DeliveryStory(delivery, attempts);
    }

    static async Task<DeliveryView> Retry(long id, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var (user, now) = (caller.UserId, clock.GetUtcNow());
        var known = await Views(db, db.Set<DeliveryRecord>().Where(one => one.Id == id && one.UserId == user), now).SingleOrDefaultAsync(stop) ?? throw new TidemarkException(ErrorCode.NotFound);
        // The conditions stand in the statement: two who ask at once send once.
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_deliveries SET status = 'WAITING', why = NULL, attempts = 0, next_at = {now}, due_at = {now}, first_attempt_at = NULL, ended_at = NULL
            WHERE id = {id} AND user_id = {user} AND status = 'DEAD'
            """,
            stop);
        if (changed == 0)
        {
            throw new TidemarkException(ErrorCode.Conflict, $"Only what was given up can be sent again; this is {known.Status.Word()}.");
        }
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({NotificationOutbox.Bell}, '')", stop);
        return await Views(db, db.Set<DeliveryRecord>().Where(one => one.Id == id), now).SingleAsync(stop);
    }

    /// <summary>What a plan lets its reader know later is not in the log until then, and the words of what is withheld never are.</summary>
    static IQueryable<DeliveryView> Views(TidemarkDb db, IQueryable<DeliveryRecord> deliveries, DateTimeOffset now) =>
        from one in deliveries
        join of in db.Set<Notification>() on one.NotificationId equals of.Id
        where of.NotBefore <= now
        orderby one.Id descending
        select new DeliveryView(
            one.Id, of.Id, of.MessageId, of.Kind, of.Withheld == null ? of.Title : null, one.Channel, one.Status, one.Why, one.StandsInFor, one.Attempts,
            one.CreatedAt, one.DueAt, one.FirstAttemptAt, one.AcceptedAt,
            one.AcceptedAt == null ? null : (long?)(one.AcceptedAt.Value - one.DueAt).TotalMilliseconds,
            one.Status == DeliveryStatus.Waiting || one.Status == DeliveryStatus.Held ? one.NextAt : null);
}
