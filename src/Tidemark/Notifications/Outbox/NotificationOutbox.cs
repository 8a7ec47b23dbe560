using Microsoft.EntityFrameworkCore.Storage;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Outbox;

/// <summary>
/// Where the program drops what people are to be told. Everything is written in the transaction that is open on the TidemarkDb of the
/// scope, so that a notification is there exactly when its cause is; the senders hear of it at the commit.
/// </summary>
public sealed class NotificationOutbox
{
    /// <summary>What PostgreSQL tells listening senders at the commit.</summary>
    internal const string Bell = "tidemark_outbox";

    readonly TidemarkDb _db;
    readonly PlanAccess _access;
    readonly Recipients _recipients;
    readonly RouteBook _routes;
    readonly TemplateBook _templates;
    readonly IdSource _ids;
    readonly TimeProvider _clock;

    internal NotificationOutbox(TidemarkDb db, PlanAccess access, Recipients recipients, RouteBook routes, TemplateBook templates, IdSource ids, TimeProvider clock) =>
        (_db, _access, _recipients, _routes, _templates, _ids, _clock) = (db, access, recipients, routes, templates, ids, clock);

    public async Task<PostedNotification?> Post(NewNotification notification, CancellationToken stop) =>
        (await Post([notification], stop)).SingleOrDefault();

    /// <summary>Posts many at once; those to people who are gone or whose account is not open are left out.</summary>
    public async Task<IReadOnlyList<PostedNotification>> Post(IReadOnlyList<NewNotification> notifications, CancellationToken stop)
    {
        if (notifications.Count == 0)
        {
            return [];
        }
        List<PostedNotification> posted = [];
        await _db.InTransaction(async transaction => posted = await Write(transaction, notifications, stop), stop);
        return posted;
    }

    sealed record Draft(NewNotification What, Recipient Who, string MessageId, MessageText Text, DateTimeOffset NotBefore);

    async Task<List<PostedNotification>> Write(IDbContextTransaction transaction, IReadOnlyList<NewNotification> notifications, CancellationToken stop)
    {
        var now = _clock.GetUtcNow();
        var users = notifications.Select(notification => notification.UserId).ToHashSet();
        var people = await _recipients.Find(users, stop);
        var drafts = notifications
            .Where(notification => people.TryGetValue(notification.UserId, out var person) && person.IsOpen)
            .DistinctBy(notification => (notification.UserId, notification.Cause))
            .Select(notification => Draw(notification, people[notification.UserId], now))
            .ToList();
        var isNew = await Insert(transaction, drafts, now, stop);
        var withheld = await Count(transaction, drafts.Where(draft => isNew.ContainsKey((draft.Who.Id, draft.What.Cause))), isNew, stop);
        var personal = await _routes.Find(people.Keys, stop);
        await InsertDeliveries(transaction, drafts, isNew, withheld, personal, now, stop);
        await using var ring = OutboxSql.Command(transaction, "SELECT pg_notify($1, '')", Bell);
        await ring.ExecuteNonQueryAsync(stop);
        var earlier = isNew.Count < drafts.Count ? await Earlier(transaction, drafts, stop) : [];
        return [.. drafts.Select(draft => isNew.TryGetValue((draft.Who.Id, draft.What.Cause), out var id)
            ? new PostedNotification(draft.Who.Id, draft.What.Cause, id, draft.MessageId, draft.NotBefore, withheld.GetValueOrDefault(id), IsNew: true)
            : earlier[(draft.Who.Id, draft.What.Cause)])];
    }

    Draft Draw(NewNotification what, Recipient who, DateTimeOffset now)
    {
        var minutes = IsCounted(what.Kind) ? Entitlements.NotificationDelay.Of(who.Plan, who.Role).Most ?? 0 : 0;
        return new Draft(what, who, "ntf_" + _ids.Next(), _templates.Write(what.Template, who.Language, what.Values), now.AddMinutes(minutes));
    }

    /// <summary>News of the market is what plans count and delay; what concerns the account itself is not.</summary>
    static bool IsCounted(NotificationKind kind) => kind is NotificationKind.Alert or NotificationKind.Signal or NotificationKind.Pattern or NotificationKind.Portfolio or NotificationKind.Analysis;

    static async Task<Dictionary<(long, string), long>> Insert(IDbContextTransaction transaction, List<Draft> drafts, DateTimeOffset now, CancellationToken stop)
    {
        await using var insert = OutboxSql.Command(
            transaction,
            """
            INSERT INTO notifications (message_id, user_id, cause, kind, symbol, direction, confluence, urgent, listed, needs, title, body, link, occurred_at, created_at, not_before)
            SELECT message_id, user_id, cause, kind, symbol, direction, confluence, urgent, listed, needs, title, body, link, occurred_at, $16, not_before
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                AS posted (message_id, user_id, cause, kind, symbol, direction, confluence, urgent, listed, needs, title, body, link, occurred_at, not_before)
            ON CONFLICT (user_id, cause) DO NOTHING
            RETURNING user_id, cause, id
            """,
            drafts.Select(draft => draft.MessageId).ToArray(),
            drafts.Select(draft => draft.Who.Id).ToArray(),
            drafts.Select(draft => draft.What.Cause).ToArray(),
            drafts.Select(draft => draft.What.Kind.ToString().ToUpperInvariant()).ToArray(),
            drafts.Select(draft => draft.What.Symbol).ToArray(),
            drafts.Select(draft => draft.What.Direction?.ToString().ToUpperInvariant()).ToArray(),
            drafts.Select(draft => draft.What.Confluence).ToArray(),
            drafts.Select(draft => draft.What.Urgent).ToArray(),
            drafts.Select(draft => draft.What.Listed).ToArray(),
            drafts.Select(draft => draft.What.Needs?.Name).ToArray(),
            drafts.Select(draft => draft.Text.Title).ToArray(),
            drafts.Select(draft => draft.Text.Body).ToArray(),
            drafts.Select(draft => draft.What.Link).ToArray(),
            drafts.Select(draft => draft.What.OccurredAt?.ToUniversalTime()).ToArray(),
            drafts.Select(draft => draft.NotBefore).ToArray(),
            now);
        await using var rows = await insert.ExecuteReaderAsync(stop);
        var ids = new Dictionary<(long, string), long>();
        while (await rows.ReadAsync(stop))
        {
            ids[(rows.GetInt64(0), rows.GetString(1))] = rows.GetInt64(2);
        }
        return ids;
    }

    /// <summary>Counts each against the plan, in the order they were posted; answers why those over the limit are withheld.</summary>
    async Task<Dictionary<long, string>> Count(IDbContextTransaction transaction, IEnumerable<Draft> drafts, Dictionary<(long, string), long> ids, CancellationToken stop)
    {
        var withheld = new Dictionary<long, string>();
        // One order for all who count at once, so that no two wait for each other.
        foreach (var ofOne in drafts.Where(draft => IsCounted(draft.What.Kind)).GroupBy(draft => draft.Who.Id).OrderBy(group => group.Key))
        {
            var subject = new Subject(ofOne.Key, ofOne.First().Who.Plan, ofOne.First().Who.Role);
            if (Entitlements.Notifications.Of(subject.Plan, subject.Role).Most is null)
            {
                await _access.Spend(subject, Entitlements.Notifications, stop, ofOne.Count());
                continue;
            }
            foreach (var draft in ofOne)
            {
                try
                {
                    await _access.Spend(subject, Entitlements.Notifications, stop);
                }
                catch (TidemarkException refused) when (refused.Code == ErrorCode.LimitReached)
                {
                    withheld[ids[(draft.Who.Id, draft.What.Cause)]] = DeliveryWords.Why(refused.Message);
                }
            }
        }
        if (withheld.Count > 0)
        {
            await using var mark = OutboxSql.Command(
                transaction,
                // Its words are not kept: what the plan does not give is in no list, log or export.
                "UPDATE notifications n SET withheld = said.why, title = 'Withheld', body = '' FROM unnest($1, $2) AS said (id, why) WHERE n.id = said.id",
                withheld.Keys.ToArray(), withheld.Values.ToArray());
            await mark.ExecuteNonQueryAsync(stop);
        }
        return withheld;
    }

    static async Task InsertDeliveries(
        IDbContextTransaction transaction, List<Draft> drafts, Dictionary<(long, string), long> ids, Dictionary<long, string> withheld,
        Dictionary<long, PersonalRoutes> personal, DateTimeOffset now, CancellationToken stop)
    {
        var rows = new List<(long Notification, Draft Draft, DeliveryRoute Route)>();
        foreach (var draft in drafts)
        {
            if (ids.TryGetValue((draft.Who.Id, draft.What.Cause), out var id))
            {
                var why = withheld.GetValueOrDefault(id);
                rows.AddRange(Routing.Plan(draft.What, personal[draft.Who.Id], now)
                    .Select(route => (id, draft, why is null || route.Status != DeliveryStatus.Waiting ? route : route with { Status = DeliveryStatus.Skipped, Why = why })));
            }
        }
        await using var insert = OutboxSql.Command(
            transaction,
            """
            INSERT INTO notification_deliveries (notification_id, user_id, channel, target, status, why, stands_in_for, next_at, due_at, created_at, ended_at)
            SELECT notification_id, user_id, channel, target, status, why, stands_in_for, due_at, due_at, $9, CASE WHEN status = 'WAITING' THEN NULL ELSE $9 END
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS routed (notification_id, user_id, channel, target, status, why, stands_in_for, due_at)
            """,
            rows.Select(row => row.Notification).ToArray(),
            rows.Select(row => row.Draft.Who.Id).ToArray(),
            rows.Select(row => row.Route.Channel.Word()).ToArray(),
            rows.Select(row => row.Route.Target).ToArray(),
            rows.Select(row => row.Route.Status.Word()).ToArray(),
            rows.Select(row => row.Route.Why).ToArray(),
            rows.Select(row => row.Route.StandsInFor).ToArray(),
            rows.Select(row => row.Draft.NotBefore).ToArray(),
            now);
        await insert.ExecuteNonQueryAsync(stop);
    }

    static async Task<Dictionary<(long, string), PostedNotification>> Earlier(IDbContextTransaction transaction, List<Draft> drafts, CancellationToken stop)
    {
        await using var select = OutboxSql.Command(
            transaction,
            """
            SELECT n.user_id, n.cause, n.id, n.message_id, n.not_before, n.withheld
            FROM notifications n
            JOIN unnest($1, $2) AS posted (user_id, cause) ON n.user_id = posted.user_id AND n.cause = posted.cause
            """,
            drafts.Select(draft => draft.Who.Id).ToArray(), drafts.Select(draft => draft.What.Cause).ToArray());
        await using var rows = await select.ExecuteReaderAsync(stop);
        var found = new Dictionary<(long, string), PostedNotification>();
        while (await rows.ReadAsync(stop))
        {
            found[(rows.GetInt64(0), rows.GetString(1))] = new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4), rows.IsDBNull(5) ? null : rows.GetString(5), IsNew: false);
        }
        return found;
    }
}
