using System.Security.Cryptography;
using System.Text.Json;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Push;

namespace Tidemark.Notifications.Sending;

/// <summary>A delivery ready to send; or the verdict that it is not to be; or what keeps it from being tried now.</summary>
sealed record Packed(Claimed Delivery, PersonalRoutes Person)
{
    public Parcel? Parcel { get; init; }
    public Mark? Verdict { get; init; }
    public SendResult? Hindrance { get; init; }
    public string? Language { get; init; }
}

/// <summary>
/// Looks again, at the moment of sending, at everything that may have changed since posting: the account, the plan, the channel, the
/// hour. What must not go any more does not go.
/// </summary>
sealed class Packing(Recipients recipients, RouteBook routes, PushBook push, AddressSeal seal, TimeProvider clock, ILogger<Packing> log)
{
    public async Task<IReadOnlyList<Packed>> Pack(ChannelKind channel, long fence, IReadOnlyList<Claimed> claimed, CancellationToken stop)
    {
        var users = claimed.Select(one => one.UserId).ToHashSet();
        var people = await recipients.Find(users, stop);
        var personal = await routes.Find(users, stop);
        var browsers = channel == ChannelKind.WebPush ? await push.Find([.. claimed.Select(one => one.Target)], stop) : [];
        return [.. claimed.Select(one => Pack(channel, fence, one, people.GetValueOrDefault(one.UserId), personal[one.UserId], browsers))];
    }

    Packed Pack(ChannelKind channel, long fence, Claimed one, Recipient? to, PersonalRoutes person, Dictionary<long, string> browsers)
    {
        var now = clock.GetUtcNow();
        if (to is not { IsOpen: true })
        {
            return Not("The account is not open.");
        }
        if (one.Needs is { } needs && Entitlements.Find(needs) is { } entitlement && !entitlement.Explain(to.Plan, to.Role).Allowed)
        {
            return Not($"Your plan no longer includes {entitlement.Title.ToLowerInvariant()}.");
        }
        var settings = person.Of(one.UserId, channel);
        if (!person.IsReady(settings) || (channel == ChannelKind.WebPush && !browsers.ContainsKey(one.Target)))
        {
            return Not("The channel is not set up any more.");
        }
        if (settings.IsPaused(now) && one.Kind != NotificationKind.Test)
        {
            return new Packed(one, person) { Language = to.Language, Hindrance = SendResult.Later((settings.PausedUntil ?? now.AddHours(1)) - now, "The channel is paused.") };
        }
        if (channel != ChannelKind.InApp && !one.IsUrgent && QuietHours.Of(settings, to.TimeZone)?.EndOf(now) is { } end)
        {
            var (status, why) = settings.Digest ? (DeliveryStatus.Held, "Quiet hours; it comes in one message after them.") : (DeliveryStatus.Waiting, "Quiet hours.");
            return new Packed(one, person) { Verdict = new Mark(status, end) { Why = why, IsFree = true } };
        }
        if (Open(one, channel, channel == ChannelKind.WebPush ? browsers[one.Target] : settings.Sealed) is not { } address)
        {
            return new Packed(one, person) { Language = to.Language, Hindrance = SendResult.Gone("Its address cannot be read any more; it must be given again.") };
        }
        return new Packed(one, person)
        {
            Language = to.Language,
            Parcel = new Parcel(one.Id, fence, one.Attempt, one.NotificationId, one.MessageId, to, address, one.Target, one.Kind, one.Title, one.Body, one.Link, one.Symbol, one.Direction, one.IsUrgent, one.CreatedAt)
            {
                Since = one.FirstAttemptAt ?? one.DueAt,
            },
        };

        Packed Not(string why) => new(one, person) { Verdict = new Mark(DeliveryStatus.Skipped, now) { Why = why, EndedAt = now, IsFree = true } };
    }

    /// <summary>Null where one person's address was sealed with a key that is gone: no reason to keep back anybody else's.</summary>
    ChannelAddress? Open(Claimed one, ChannelKind channel, string? text)
    {
        try
        {
            return text is null ? new ChannelAddress() : seal.Open(one.UserId, channel, text);
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or InvalidOperationException)
        {
            log.LogError(fault, "The address of {Channel} of user {User} cannot be read", channel.Word(), one.UserId);
            return null;
        }
    }
}
