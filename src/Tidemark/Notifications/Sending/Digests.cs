using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// After quiet hours: one message in place of all that was held back. A single one goes as it is. What the person may not or does not want
/// to read any more is left out.
/// </summary>
sealed class Digests(TidemarkDb db, NotificationOutbox outbox, Recipients recipients, RouteBook routes, TimeProvider clock)
{
    const int PeopleARound = 50, LinesADigest = 15, MostHeld = 1_000;

    sealed record Held(long Id, long NotificationId, string Title, string? Needs, DateTimeOffset CreatedAt);

    /// <summary>Whether anything was gathered.</summary>
    public async Task<bool> Gather(ChannelKind channel, CancellationToken stop)
    {
        var (word, now) = (channel.Word(), clock.GetUtcNow());
        var people = await db.Database.SqlQuery<long>(
            $"""
            SELECT DISTINCT user_id AS "Value" FROM notification_deliveries
            WHERE channel = {word} AND status = 'HELD' AND next_at <= {now}
            LIMIT {PeopleARound}
            """).ToListAsync(stop);
        foreach (var user in people)
        {
            await db.InTransaction(_ => GatherOf(user, channel, now, stop), stop);
        }
        return people.Count > 0;
    }

    async Task GatherOf(long user, ChannelKind channel, DateTimeOffset now, CancellationToken stop)
    {
        var word = channel.Word();
        var held = await db.Database.SqlQuery<Held>(
            $"""
            SELECT d.id AS "Id", n.id AS "NotificationId", n.title AS "Title", n.needs AS "Needs", d.created_at AS "CreatedAt"
            FROM notification_deliveries d JOIN notifications n ON n.id = d.notification_id
            WHERE d.user_id = {user} AND d.channel = {word} AND d.status = 'HELD' AND d.next_at <= {now}
            ORDER BY d.id
            LIMIT {MostHeld}
            FOR UPDATE OF d SKIP LOCKED
            """).ToListAsync(stop);
        var to = (await recipients.Find([user], stop)).GetValueOrDefault(user);
        var person = (await routes.Find([user], stop))[user];
        var wanted = new List<Held>();
        foreach (var byReason in held.GroupBy(one => WhyNot(one, to, person, person.Of(user, channel))))
        {
            if (byReason.Key is not { } why)
            {
                wanted.AddRange(byReason);
                continue;
            }
            var left = byReason.Select(one => one.Id).ToArray();
            await db.Database.ExecuteSqlAsync($"UPDATE notification_deliveries SET status = 'SKIPPED', why = {why}, ended_at = {now} WHERE id = ANY({left})", stop);
        }
        if (wanted.Count > 0)
        {
            await Tell(user, channel, wanted, to?.Language, now, stop);
        }
    }

    /// <summary>Why it does not go any more; null where it does.</summary>
    static string? WhyNot(Held one, Recipient? to, PersonalRoutes person, ChannelSettings settings)
    {
        if (to is not { IsOpen: true })
        {
            return "The account is not open.";
        }
        if (one.Needs is { } needs && Entitlements.Find(needs) is { } entitlement && !entitlement.Explain(to.Plan, to.Role).Allowed)
        {
            return $"Your plan no longer includes {entitlement.Title.ToLowerInvariant()}.";
        }
        if (!person.IsReady(settings))
        {
            return "The channel is not set up any more.";
        }
        // An alert may have chosen a channel that is off; one that was changed since and is off now was switched off.
        return !settings.Enabled && settings.ChangedAt > one.CreatedAt ? "You switched the channel off." : null;
    }

    /// <summary>A browser push is held once for each browser, and is one line all the same.</summary>
    async Task Tell(long user, ChannelKind channel, List<Held> held, string? language, DateTimeOffset now, CancellationToken stop)
    {
        var (word, ids) = (channel.Word(), held.Select(one => one.Id).ToArray());
        var told = held.DistinctBy(one => one.NotificationId).ToList();
        if (told.Count == 1)
        {
            await db.Database.ExecuteSqlAsync($"UPDATE notification_deliveries SET status = 'WAITING', why = NULL, due_at = {now} WHERE id = ANY({ids})", stop);
            return;
        }
        var digest = await outbox.Post(
            new NewNotification(user, NotificationKind.Digest, $"digest:{word}:{ids.Max()}", OwnMessages.Digest, new Dictionary<string, string> { ["count"] = $"{told.Count}", ["lines"] = Lines(told, language) })
            {
                Channels = [channel],
                Listed = false,
                Link = "/profile/notifications",
            },
            stop);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_deliveries SET status = 'DIGESTED', digest_id = {digest?.Id}, ended_at = {now}, why = 'It was in the message after quiet hours.'
            WHERE id = ANY({ids})
            """,
            stop);
    }

    static string Lines(List<Held> held, string? language)
    {
        var lines = held.Take(LinesADigest).Select(one => "• " + one.Title);
        var more = held.Count - LinesADigest;
        return string.Join('\n', more > 0 ? lines.Append(language == "de" ? $"und {more} weitere in der App" : $"and {more} more in the app") : lines);
    }
}
