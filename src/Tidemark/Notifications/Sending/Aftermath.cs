using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Push;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Sending;

/// <summary>What follows from an attempt: the next one, another channel, a pause, the end.</summary>
sealed class Aftermath(TidemarkDb db, StandIns standIns, ChannelHealth health, PushBook push, AddressSeal seal, DeliveryRules rules, TimeProvider clock, ILogger<Aftermath> log)
{
    /// <summary>That it was accepted is written already.</summary>
    public async Task Accepted(ChannelKind channel, Packed packed, DateTimeOffset at, CancellationToken stop)
    {
        NotificationMeter.Latency.Record(Math.Max(0, (at - packed.Delivery.DueAt).TotalSeconds), new KeyValuePair<string, object?>("channel", channel.Word()));
        if (packed.Person.Channels.GetValueOrDefault(channel) is { } settings && (settings.Failures > 0 || settings.PausedAt is not null))
        {
            await health.Healthy(packed.Delivery.UserId, channel, stop);
        }
    }

    /// <summary>What was written of an attempt that did not succeed; null where another sender has the delivery.</summary>
    public async Task<Mark?> Settle(ChannelKind channel, Packed packed, SendResult result, DateTimeOffset startedAt, TimeSpan took, DeliveryQueue queue, long fence, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (result.MovedTo is { } moved)
        {
            await Follow(channel, packed, moved, stop);
        }
        var mark = await Judge(channel, packed, result, now, stop) with { StartedAt = startedAt, Took = took, WasTried = packed.Hindrance is null };
        if (!await queue.Mark(packed.Delivery, fence, mark, stop))
        {
            log.LogWarning("Delivery {Delivery} was taken over by another sender while this one had it in hand", packed.Delivery.Id);
            return null;
        }
        switch (result.Outcome)
        {
            case SendOutcome.Failed or SendOutcome.Refused:
                await health.Failing(packed.Delivery.UserId, channel, result.Why ?? "It failed.", packed.Language, stop);
                break;
            case SendOutcome.Gone when channel == ChannelKind.WebPush && packed.Hindrance is null:
                await push.Forget(packed.Delivery.Target, stop);
                break;
            case SendOutcome.Gone:
                await health.Pause(packed.Delivery.UserId, channel, result.Why ?? "It is gone.", null, packed.Language, stop);
                break;
        }
        if (result.IsOperators)
        {
            NotificationMeter.Misconfigured.Add(1, new KeyValuePair<string, object?>("channel", channel.Word()));
            log.LogError("{Channel} does not work for anybody until the operator mends it: {Why}", channel.Word(), result.Why);
        }
        if (mark.Status == DeliveryStatus.Dead)
        {
            NotificationMeter.Dead.Add(1, new KeyValuePair<string, object?>("channel", channel.Word()));
            log.LogWarning("{Channel} gave up delivery {Delivery}: {Why}", channel.Word(), packed.Delivery.Id, mark.Why);
        }
        return mark;
    }

    async Task<Mark> Judge(ChannelKind channel, Packed packed, SendResult result, DateTimeOffset now, CancellationToken stop)
    {
        var why = result.Why is { } said ? DeliveryWords.Why(said) : null;
        if (result.Outcome is SendOutcome.Refused or SendOutcome.Gone)
        {
            return Ended(await Substitute(channel, packed, hasEnded: true, stop), why, "REFUSED", now);
        }
        // From the first attempt that was made: what a pause or quiet hours kept back is given up a day after it was due, and tried afresh before.
        var waited = now - (packed.Delivery.FirstAttemptAt > packed.Delivery.DueAt ? packed.Delivery.FirstAttemptAt.Value : packed.Delivery.DueAt);
        var isFree = result.Outcome == SendOutcome.Later;
        var outcome = packed.Hindrance is not null ? "" : isFree ? "LATER" : "FAILED";
        if (waited > rules.LongestTry || (!isFree && packed.Delivery.Attempt >= rules.MostAttempts))
        {
            return Ended(await Substitute(channel, packed, hasEnded: true, stop), why, outcome, now);
        }
        if ((waited > rules.StandInAfter || packed.Hindrance is not null) && await Substitute(channel, packed, hasEnded: false, stop) is { } other)
        {
            return Ended(other, why, outcome, now);
        }
        return new Mark(DeliveryStatus.Waiting, now + (isFree ? result.Wait : rules.PauseAfter(packed.Delivery.Attempt))) { Why = why, Outcome = isFree ? "" : outcome, IsFree = isFree };
    }

    static Mark Ended(StandIn? other, string? why, string outcome, DateTimeOffset now) => new(other is null ? DeliveryStatus.Dead : DeliveryStatus.Replaced, now)
    {
        Why = other is null ? why : DeliveryWords.Why($"{why} {other.Channel.Name()} stands in."),
        EndedAt = now,
        Outcome = outcome,
        StandIn = other,
    };

    async Task<StandIn?> Substitute(ChannelKind channel, Packed packed, bool hasEnded, CancellationToken stop) =>
        channel == ChannelKind.InApp || packed.Delivery.Kind == NotificationKind.Test ? null : await standIns.Find(packed.Delivery.Id, packed.Delivery.NotificationId, packed.Delivery.UserId, channel, hasEnded, stop);

    /// <summary>The other side says that the place has another address now, unless the person has given one meanwhile.</summary>
    async Task Follow(ChannelKind channel, Packed packed, ChannelAddress moved, CancellationToken stop)
    {
        var (user, known) = (packed.Delivery.UserId, packed.Person.Of(packed.Delivery.UserId, channel).Sealed);
        var text = seal.Close(user, channel, moved);
        await db.Set<ChannelSettings>().Where(settings => settings.UserId == user && settings.Channel == channel && settings.Sealed == known)
            .ExecuteUpdateAsync(change => change.SetProperty(settings => settings.Sealed, text).SetProperty(settings => settings.Shown, moved.ChatShown), stop);
    }
}
