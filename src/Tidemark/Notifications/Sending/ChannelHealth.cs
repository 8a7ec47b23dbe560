using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Sending;

/// <summary>Keeps count of how a person's channel is doing: one that keeps failing is paused, and its owner told by the others.</summary>
sealed class ChannelHealth(TidemarkDb db, NotificationOutbox outbox, RouteBook routes, DeliveryRules rules, TimeProvider clock, ILogger<ChannelHealth> log)
{
    public async Task Healthy(long user, ChannelKind channel, CancellationToken stop) =>
        await db.Set<ChannelSettings>().Where(known => known.UserId == user && known.Channel == channel && (known.Failures > 0 || known.PausedAt != null))
            .ExecuteUpdateAsync(
                change => change.SetProperty(known => known.Failures, 0).SetProperty(known => known.FailingSince, (DateTimeOffset?)null).SetProperty(known => known.Pauses, 0)
                    .SetProperty(known => known.PausedAt, (DateTimeOffset?)null).SetProperty(known => known.PausedUntil, (DateTimeOffset?)null).SetProperty(known => known.PausedWhy, (string?)null),
                stop);

    /// <summary>Counts a failure, or a refusal: a place that takes nothing is no better than one that does not answer.</summary>
    public async Task Failing(long user, ChannelKind channel, string why, string? language, CancellationToken stop)
    {
        if (channel == ChannelKind.InApp)
        {
            return;
        }
        var now = clock.GetUtcNow();
        await EnsureRow(user, channel, now, stop);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_channels SET failures = failures + 1, failing_since = coalesce(failing_since, {now})
            WHERE user_id = {user} AND channel = {channel.Word()}
            """,
            stop);
        var settings = await db.Set<ChannelSettings>().AsNoTracking().SingleAsync(known => known.UserId == user && known.Channel == channel, stop);
        if (settings.Failures >= rules.FailuresToPause && now - settings.FailingSince >= rules.FailingToPause && !settings.IsPaused(now))
        {
            await Pause(user, channel, why, now + rules.PauseOf(settings.Pauses), language, stop);
        }
    }

    /// <summary>Pauses the channel of one person and tells him by every other that he has; once a pause, because the cause carries when it began.</summary>
    public async Task Pause(long user, ChannelKind channel, string why, DateTimeOffset? until, string? language, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await EnsureRow(user, channel, now, stop);
        var person = (await routes.Find([user], stop))[user];
        await db.InTransaction(
            async _ =>
            {
                var settings = await db.Set<ChannelSettings>().FromSql($"SELECT * FROM notification_channels WHERE user_id = {user} AND channel = {channel.Word()} FOR UPDATE").SingleAsync(stop);
                if (settings.IsPaused(now))
                {
                    return;
                }
                (settings.PausedAt, settings.PausedUntil, settings.PausedWhy) = (now, until, DeliveryWords.Why(why));
                (settings.Pauses, settings.Failures, settings.FailingSince) = (settings.Pauses + 1, 0, null);
                await db.SaveChangesAsync(stop);
                await outbox.Post(Notice(user, channel, person, why, until, language, now), stop);
            },
            stop);
        log.LogWarning("{Channel} of user {User} is paused until {Until}: {Why}", channel.Word(), user, until, why);
    }

    static NewNotification Notice(long user, ChannelKind channel, PersonalRoutes person, string why, DateTimeOffset? until, string? language, DateTimeOffset now)
    {
        var others = ChannelWords.All.Where(other => other != channel && (person.Of(user, other).Enabled || person.Fallback.Contains(other.Word())) && person.IsReady(person.Of(user, other))).ToList();
        var isGerman = language == "de";
        var untilWords = until is { } at ? $"{(isGerman ? "bis" : "until")} {at:yyyy-MM-dd HH:mm} UTC" : isGerman ? "bis Sie ihn wieder einschalten" : "until you resume it";
        return new NewNotification(
            user, NotificationKind.System, $"channel:{channel.Word()}:{now.UtcTicks}", OwnMessages.Paused,
            new Dictionary<string, string> { ["channel"] = channel.Name(isGerman ? "de" : "en"), ["why"] = why, ["until"] = untilWords })
        {
            Channels = others,
            Link = "/profile/notifications",
        };
    }

    async Task EnsureRow(long user, ChannelKind channel, DateTimeOffset now, CancellationToken stop) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification_channels (user_id, channel, enabled, direction, least_confluence, digest, code_tries, failures, pauses, changed_at)
            VALUES ({user}, {channel.Word()}, false, 'BOTH', 0, true, 0, 0, 0, {now})
            ON CONFLICT DO NOTHING
            """,
            stop);
}
