using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts;
using Tidemark.Accounts.SignIn;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Channels;

/// <summary>How a person wants to be told: which channels, of what, when not, and what stands in for one that fails.</summary>
public static class ChannelEndpoints
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.MapGet("/channels", List).Allow(Caller.InPerson).WithSummary("Your channels, what they let through and how they are doing").Shows(new ChannelList([Example], [ChannelKind.Ntfy, ChannelKind.Email], "Europe/Zurich"));
        notifications.MapGet("/channels/{channel}", One).Allow(Caller.InPerson).WithSummary("One of your channels").Shows(Example);
        notifications.MapPut("/channels/{channel}", Change).Allow(Caller.InPerson).WithSummary("Switch a channel, set its filters and quiet hours").Shows(Example, ExampleWishes);
        notifications.MapPut("/channels/{channel}/address", SetAddress).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Say where a channel leads").Shows(new AddressAnswer(Example, "whs_…"), new NewAddress(Url: "https://example.com/hooks/tidemark"));
        notifications.MapDelete("/channels/{channel}/address", Forget).Allow(Caller.InPerson).WithSummary("Forget where a channel leads, and switch it off").Shows(Example with { Enabled = false, IsReady = false });
        notifications.MapPost("/channels/{channel}/confirm", Confirm).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Confirm an address with the code that was sent there").Shows(Example, new Code("492817"));
        notifications.MapPost("/channels/{channel}/resume", Resume).Allow(Caller.InPerson).WithSummary("Use a paused channel again").Shows(Example);
        notifications.MapPost("/channels/{channel}/test", Test).Allow(Caller.InPerson).WithSummary("Send yourself a test").Shows(new TestSent(4_711, "ntf_5d41402abc4b2a76b9719d911017c592"));
        notifications.MapPut("/fallback", SetFallback).Allow(Caller.InPerson).WithSummary("Say which channels stand in, in order").Shows(new Fallback([ChannelKind.Ntfy, ChannelKind.Email]), new Fallback([ChannelKind.Ntfy, ChannelKind.Email]));
    }

    static ChannelWishes ExampleWishes { get; } = new(true, [NotificationKind.Alert, NotificationKind.Signal], ["BTC/USDT"], DirectionFilter.Both, 3, "22:00", "07:00", true);
    static ChannelView Example { get; } = new(ChannelKind.Ntfy, true, true, true, null, false, ExampleWishes.Kinds, ExampleWishes.Symbols, DirectionFilter.Both, 3, "22:00", "07:00", true, 0, null, null, null);

    public sealed record ChannelWishes(
        bool Enabled,
        [property: Description("Only these kinds; all when null. What concerns your account always comes.")] IReadOnlyList<NotificationKind>? Kinds = null,
        [property: Description("Only these symbols; all when null."), MaxLength(100)] IReadOnlyList<string>? Symbols = null,
        DirectionFilter Direction = DirectionFilter.Both,
        [property: Description("Fewest timeframes that must agree."), Range(0, 20)] int LeastConfluence = 0,
        [property: Description("When quiet begins, by your time zone, like 22:00."), MaxLength(5)] string? QuietFrom = null,
        [property: Description("When it ends."), MaxLength(5)] string? QuietUntil = null,
        [property: Description("Whether what came in quiet hours arrives as one message after them, or each by itself.")] bool Digest = true);

    public sealed record ChannelView(
        ChannelKind Channel,
        [property: Description("Whether this server can send by it.")] bool IsOffered,
        [property: Description("Whether there is a confirmed address.")] bool IsReady,
        bool Enabled,
        [property: Description("Enough of the address to know it again; the rest is not shown to anybody.")] string? Address,
        [property: Description("Whether a code was sent there and is waited for.")] bool AwaitsCode,
        IReadOnlyList<NotificationKind>? Kinds,
        IReadOnlyList<string>? Symbols,
        DirectionFilter Direction,
        int LeastConfluence,
        string? QuietFrom,
        string? QuietUntil,
        bool Digest,
        [property: Description("Attempts that failed since the last that did not.")] int Failures,
        DateTimeOffset? PausedAt,
        [property: Description("When it is tried again by itself; null while paused: when you resume it.")] DateTimeOffset? PausedUntil,
        string? PausedWhy);

    public sealed record ChannelList(IReadOnlyList<ChannelView> Channels, [property: Description("Which stand in for one that fails, in order.")] IReadOnlyList<ChannelKind> Fallback, string TimeZone);

    public sealed record NewAddress(
        [property: Description("WEBHOOK, DISCORD: the address. NTFY: a server of your own; null for the usual one."), MaxLength(1_000)] string? Url = null,
        [property: Description("WEBHOOK: your signing secret of 16 characters or more; one is made when null. NTFY: the access token of your server."), MaxLength(200)] string? Secret = null,
        [property: Description("TELEGRAM: the chat's id, or @channel. DISCORD: a channel that this server's bot may write into, in place of a webhook."), MaxLength(60)] string? ChatId = null,
        [property: Description("TELEGRAM: the token of a bot of your own; this server's when null."), MaxLength(200)] string? BotToken = null,
        [property: Description("SMS: your number, like +41791234567."), MaxLength(20)] string? Phone = null);

    public sealed record AddressAnswer(ChannelView Channel, [property: Description("WEBHOOK: the secret requests are signed with, shown this once.")] string? Secret);

    public sealed record Code([property: MaxLength(10)] string Value);

    public sealed record Fallback([property: MaxLength(8)] IReadOnlyList<ChannelKind> Channels);

    public sealed record TestSent([property: Description("The delivery log tells what becomes of it.")] long NotificationId, string MessageId);

    static async Task<ChannelList> List(Caller caller, ChannelDesk desk, TidemarkDb db, Recipients recipients, CancellationToken stop)
    {
        var views = new List<ChannelView>();
        foreach (var channel in ChannelWords.All)
        {
            views.Add(await desk.View(caller.UserId, channel, stop));
        }
        var fallback = (await db.Set<NotificationPreferences>().AsNoTracking().SingleOrDefaultAsync(known => known.UserId == caller.UserId, stop))?.Fallback ?? [];
        var zone = (await recipients.Find([caller.UserId], stop)).GetValueOrDefault(caller.UserId)?.TimeZone ?? "UTC";
        return new ChannelList(views, [.. fallback.Select(ChannelWords.Find).OfType<ChannelKind>()], zone);
    }

    static Task<ChannelView> One(string channel, Caller caller, ChannelDesk desk, CancellationToken stop) => desk.View(caller.UserId, Named(channel), stop);

    static async Task<ChannelView> Change(string channel, ChannelWishes wishes, Caller caller, ChannelDesk desk, CancellationToken stop)
    {
        var kind = Named(channel);
        var (from, until) = (Hour(wishes.QuietFrom), Hour(wishes.QuietUntil));
        new Fields()
            .Must("quietFrom", wishes.QuietFrom is not null && from is null ? "A time is written like 22:00." : null)
            .Must("quietUntil", wishes.QuietUntil is not null && until is null ? "A time is written like 07:00." : (from is null) != (until is null) ? "Quiet hours have a beginning and an end." : from is not null && from == until ? "Quiet hours that end when they begin are none." : null)
            .Must("symbols", wishes.Symbols?.Any(symbol => symbol.Length is 0 or > 40 || symbol.Any(char.IsControl)) == true ? "A symbol is written like BTC/USDT." : null)
            .Hold();
        return await desk.Change(caller.UserId, kind, wishes, from, until, stop);
    }

    static async Task<AddressAnswer> SetAddress(string channel, NewAddress address, Caller caller, ChannelDesk desk, CancellationToken stop)
    {
        var kind = Named(channel);
        var secret = await desk.SetAddress(caller, kind, address, stop);
        return new AddressAnswer(await desk.View(caller.UserId, kind, stop), secret);
    }

    static async Task<ChannelView> Forget(string channel, Caller caller, ChannelDesk desk, CancellationToken stop)
    {
        await desk.Forget(caller, Named(channel), stop);
        return await desk.View(caller.UserId, Named(channel), stop);
    }

    static async Task<ChannelView> Confirm(string channel, Code code, Caller caller, ChannelDesk desk, CancellationToken stop)
    {
        await desk.Confirm(caller, Named(channel), code.Value, stop);
        return await desk.View(caller.UserId, Named(channel), stop);
    }

    static async Task<ChannelView> Resume(string channel, Caller caller, ChannelDesk desk, OutboxBell bell, CancellationToken stop)
    {
        await desk.Resume(caller.UserId, Named(channel), stop);
        bell.Ring();
        return await desk.View(caller.UserId, Named(channel), stop);
    }

    static async Task<TestSent> Test(string channel, Caller caller, ChannelDesk desk, NotificationOutbox outbox, RateLimits limits, IdSource ids, CancellationToken stop)
    {
        var kind = Named(channel);
        if (!(await limits.Spend(new RateBucket("notification tests", 20, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "Twenty tests an hour are enough.");
        }
        await desk.MustBeReady(caller.UserId, kind, stop);
        var posted = await outbox.Post(
            new NewNotification(caller.UserId, NotificationKind.Test, $"test:{ids.Next()}", OwnMessages.Test, new Dictionary<string, string> { ["channel"] = kind.Name() })
            {
                Channels = [kind],
                Urgent = true,
                Listed = kind == ChannelKind.InApp,
                Link = "/profile/notifications",
            },
            stop) ?? throw new TidemarkException(ErrorCode.ChannelNotReady);
        return new TestSent(posted.Id, posted.MessageId);
    }

    static async Task<Fallback> SetFallback(Fallback wanted, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var channels = wanted.Channels.Where(channel => channel != ChannelKind.InApp).Distinct().ToList();
        var (words, now) = (channels.Select(channel => channel.Word()).ToArray(), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification_preferences (user_id, fallback, changed_at) VALUES ({caller.UserId}, {words}, {now})
            ON CONFLICT (user_id) DO UPDATE SET fallback = excluded.fallback, changed_at = excluded.changed_at
            """,
            stop);
        return new Fallback(channels);
    }

    static ChannelKind Named(string word) => ChannelWords.Find(word) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such channel.");

    static TimeOnly? Hour(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
