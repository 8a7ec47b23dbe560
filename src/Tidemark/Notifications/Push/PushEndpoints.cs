using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Notifications.Channels;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Http;

namespace Tidemark.Notifications.Push;

/// <summary>Browsers subscribe to pushes and leave again.</summary>
public static class PushEndpoints
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.MapGet("/push/key", Key).Allow(Caller.InPerson).WithSummary("The key a browser subscribes to (applicationServerKey)").Shows(new PushKey("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));
        notifications.MapGet("/push/subscriptions", List).Allow(Caller.InPerson).WithSummary("Your browsers that get pushes").Shows(new[] { Example });
        notifications.MapPost("/push/subscriptions", Subscribe).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Subscribe this browser, with what its PushManager answered")
            .Shows(Example, new NewSubscription("https://push.example.net/send/abc", new SubscriptionKeys("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg")));
        notifications.MapDelete("/push/subscriptions/{id:long}", Leave).Allow(Caller.InPerson).WithSummary("End a browser's subscription").Shows(AuthEndpoints.Done.Yes);
    }

    static BrowserView Example { get; } = new(5, "Firefox on Linux", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    public sealed record PushKey(string PublicKey);

    public sealed record SubscriptionKeys([property: MaxLength(120)] string P256dh, [property: MaxLength(40)] string Auth);

    public sealed record NewSubscription(
        [property: MaxLength(1_000)] string Endpoint,
        SubscriptionKeys Keys,
        [property: Description("As the browser says; not used.")] double? ExpirationTime = null);

    public sealed record BrowserView(long Id, string Browser, DateTimeOffset CreatedAt);

    static async Task<PushKey> Key(Caller caller, PushKeys keys, CancellationToken stop) => new(await keys.PublicKey(stop));

    static async Task<IReadOnlyList<BrowserView>> List(Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<PushSubscription>().Where(one => one.UserId == caller.UserId).OrderByDescending(one => one.Id).Select(one => new BrowserView(one.Id, one.Browser, one.CreatedAt)).ToListAsync(stop);

    static async Task<BrowserView> Subscribe(NewSubscription wanted, HttpContext http, Caller caller, PushBook book, GuardedHttp guarded, CancellationToken stop)
    {
        new Fields()
            .Must("endpoint", guarded.Fault(wanted.Endpoint))
            .Must("keys", AreKeys(wanted.Keys) ? null : "These are no keys of a browser.")
            .Hold();
        var kept = await book.Keep(caller.UserId, new ChannelAddress { Url = wanted.Endpoint, P256dh = wanted.Keys.P256dh, Auth = wanted.Keys.Auth }, Browser.Describe(http.Request.Headers.UserAgent), stop);
        return new BrowserView(kept.Id, kept.Browser, kept.CreatedAt);
    }

    static async Task<AuthEndpoints.Done> Leave(long id, Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<PushSubscription>().Where(one => one.Id == id && one.UserId == caller.UserId).ExecuteDeleteAsync(stop) == 1 ? AuthEndpoints.Done.Yes : throw new TidemarkException(ErrorCode.NotFound);

    static bool AreKeys(SubscriptionKeys keys) =>
        Base64Url.IsValid(keys.P256dh) && Base64Url.IsValid(keys.Auth) && PushEncryption.AreKeys(Base64Url.DecodeFromChars(keys.P256dh), Base64Url.DecodeFromChars(keys.Auth));
}
