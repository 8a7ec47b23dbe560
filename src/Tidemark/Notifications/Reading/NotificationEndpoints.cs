using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Reading;

/// <summary>The list of what a person was told, and what of it is unread.</summary>
public static class NotificationEndpoints
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.MapGet("", List).Allow(Caller.SignedIn, "read:notifications").WithSummary("Your notifications, newest first").Shows(new Page<NotificationView>([Example], 50, null));
        notifications.MapGet("/unread", Unread).Allow(Caller.SignedIn, "read:notifications").WithSummary("How many you have not read").Shows(new UnreadCount(3));
        notifications.MapPost("/{id:long}/read", Read).Allow(Caller.InPerson).WithSummary("Mark one as read").Shows(new UnreadCount(2));
        notifications.MapPost("/read", ReadAll).Allow(Caller.InPerson).WithSummary("Mark all as read, up to one you have seen").Shows(new UnreadCount(0), new ReadUpTo(4_711));
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    static NotificationView Example { get; } = new(4_711, "ntf_5d41402abc4b2a76b9719d911017c592", NotificationKind.Alert, "BTC/USDT is above 64,000", "It was 64,012.50 at 11:59:58 UTC.", "BTC/USDT", Direction.Bullish, 3, "/alerts/101", Noon.AddSeconds(-2), Noon, Noon, null);

    public sealed record NotificationView(
        long Id,
        [property: Description("The same on every channel, to tell repeats by.")] string MessageId,
        NotificationKind Kind,
        string Title,
        string Body,
        string? Symbol,
        Direction? Direction,
        [property: Description("How many timeframes agree.")] int? Confluence,
        [property: Description("Where in the app it leads, as a path.")] string? Link,
        [property: Description("When the cause was true, by the market's time.")] DateTimeOffset? OccurredAt,
        DateTimeOffset CreatedAt,
        [property: Description("From when it was shown and sent; later than createdAt where the plan says so.")] DateTimeOffset NotBefore,
        DateTimeOffset? ReadAt);

    public sealed record UnreadCount(int Unread);

    public sealed record ReadUpTo([property: Description("The newest that was seen; all when null.")] long? Id = null);

    static async Task<Page<NotificationView>> List([AsParameters] PageRequest page, [Description("Only those not read.")] bool? unread, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var (before, onlyUnread) = (page.Before, unread == true);
        return await Shown(db, caller.UserId, clock)
            .Where(one => one.Id < before && (!onlyUnread || one.ReadAt == null))
            .OrderByDescending(one => one.Id)
            .Select(one => new NotificationView(one.Id, one.MessageId, one.Kind, one.Title, one.Body, one.Symbol, one.Direction, one.Confluence, one.Link, one.OccurredAt, one.CreatedAt, one.NotBefore, one.ReadAt))
            .ToPage(page, one => one.Id, stop);
    }

    static async Task<UnreadCount> Unread(Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop) =>
        new(await Shown(db, caller.UserId, clock).CountAsync(one => one.ReadAt == null, stop));

    static async Task<UnreadCount> Read(long id, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await Shown(db, caller.UserId, clock).Where(one => one.Id == id).ExecuteUpdateAsync(change => change.SetProperty(one => one.ReadAt, one => one.ReadAt ?? now), stop) == 0)
        {
            throw new TidemarkException(ErrorCode.NotFound);
        }
        return await Unread(caller, db, clock, stop);
    }

    static async Task<UnreadCount> ReadAll(ReadUpTo seen, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var (now, newest) = (clock.GetUtcNow(), seen.Id ?? long.MaxValue);
        await Shown(db, caller.UserId, clock).Where(one => one.Id <= newest && one.ReadAt == null).ExecuteUpdateAsync(change => change.SetProperty(one => one.ReadAt, now), stop);
        return await Unread(caller, db, clock, stop);
    }

    static IQueryable<Notification> Shown(TidemarkDb db, long user, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return db.Set<Notification>().Where(one => one.UserId == user && one.Listed && one.Withheld == null && one.NotBefore <= now);
    }
}
