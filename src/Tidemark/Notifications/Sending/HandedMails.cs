using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// Follows mails that were handed to the mail queue, so that the delivery log says what became of them, and another channel stands in for
/// one that waits too long: then its mail is taken out of the queue.
/// </summary>
sealed class HandedMails(TidemarkDb db, StandIns standIns, ChannelHealth health, DeliveryRules rules, TimeProvider clock)
{
    const int MailsARound = 500;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2), LookAtOld = TimeSpan.FromMinutes(1), Old = TimeSpan.FromMinutes(10);

    sealed record Handed(long Id, long NotificationId, long UserId, long? MailId, int Attempts, DateTimeOffset DueAt, DateTimeOffset CreatedAt);

    /// <summary>Whether any were looked at.</summary>
    public async Task<bool> Follow(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var handed = await db.Database.SqlQuery<Handed>(
            $"""
            SELECT id AS "Id", notification_id AS "NotificationId", user_id AS "UserId", mail_id AS "MailId", attempts AS "Attempts", due_at AS "DueAt", created_at AS "CreatedAt" FROM notification_deliveries
            WHERE status = 'HANDED' AND next_at <= {now}
            ORDER BY next_at
            LIMIT {MailsARound}
            """).ToListAsync(stop);
        var ids = handed.Select(one => one.MailId).OfType<long>().ToArray();
        if (ids.Length == 0)
        {
            return false;
        }
        var mails = await db.Set<Mail>().AsNoTracking().Where(mail => ids.Contains(mail.Id)).Select(mail => new { mail.Id, mail.SentAt, mail.ParkedAt, mail.Fault, mail.Attempts }).ToDictionaryAsync(mail => mail.Id, stop);
        foreach (var one in handed)
        {
            var mail = mails.GetValueOrDefault(one.MailId!.Value);
            if (mail?.SentAt is { } sent)
            {
                await db.Database.ExecuteSqlAsync($"UPDATE notification_deliveries SET status = 'SENT', why = NULL, accepted_at = {sent}, ended_at = {sent} WHERE id = {one.Id} AND status = 'HANDED'", stop);
                await health.Healthy(one.UserId, ChannelKind.Email, stop);
            }
            else if (mail is null or { ParkedAt: not null })
            {
                await End(one, mail is null ? "The mail is gone." : $"The mail server did not take it: {mail.Fault}", mail?.Fault, await StandIn(one, stop), now, stop);
            }
            else if (!(now - one.DueAt > rules.StandInAfter && await Replace(one, mail.Fault, now, stop)))
            {
                await Wait(one, mail.Fault, mail.Attempts, now, stop);
            }
        }
        return true;
    }

    async Task Wait(Handed one, string? fault, int attempts, DateTimeOffset now, CancellationToken stop)
    {
        var next = now + (now - one.CreatedAt > Old ? LookAtOld : Look);
        var why = fault is null ? null : DeliveryWords.Why($"The mail server does not take it yet: {fault}");
        var counted = Math.Max(one.Attempts, attempts);
        await db.Database.ExecuteSqlAsync($"UPDATE notification_deliveries SET why = {why}, next_at = {next}, attempts = {counted} WHERE id = {one.Id} AND status = 'HANDED'", stop);
        if (counted > one.Attempts)
        {
            await Count(one, fault, stop);
        }
    }

    /// <summary>Lets another channel stand in for a mail that still waits; false where there is none, or the mail is just being sent.</summary>
    async Task<bool> Replace(Handed one, string? fault, DateTimeOffset now, CancellationToken stop)
    {
        if (await StandIn(one, stop) is not { } other)
        {
            return false;
        }
        var replaced = false;
        await db.InTransaction(
            async _ =>
            {
                // Taken out first: nobody gets by mail, an hour later, what another channel has told him.
                replaced = await db.Database.ExecuteSqlAsync($"DELETE FROM mails WHERE id = (SELECT id FROM mails WHERE id = {one.MailId} AND sent_at IS NULL FOR UPDATE SKIP LOCKED)", stop) == 1;
                if (replaced)
                {
                    await Mark(one, fault is null ? "The mail queue is long." : $"The mail server does not take it: {fault}", other, now, stop);
                }
            },
            stop);
        if (replaced)
        {
            await Count(one, fault, stop);
        }
        return replaced;
    }

    async Task End(Handed one, string why, string? fault, StandIn? other, DateTimeOffset now, CancellationToken stop)
    {
        await Mark(one, why, other, now, stop);
        await Count(one, fault, stop);
    }

    /// <summary>Only that the address is refused is a fault of the person's channel; a relay that is away or does not let us in is the operator's to mend.</summary>
    async Task Count(Handed one, string? fault, CancellationToken stop)
    {
        if (Mail.IsAboutTheAddress(fault))
        {
            await health.Failing(one.UserId, ChannelKind.Email, fault!, null, stop);
        }
        else if (fault is not null)
        {
            NotificationMeter.Misconfigured.Add(1, new KeyValuePair<string, object?>("channel", ChannelKind.Email.Word()));
        }
    }

    async Task<StandIn?> StandIn(Handed one, CancellationToken stop) => await standIns.Find(one.Id, one.NotificationId, one.UserId, ChannelKind.Email, hasEnded: true, stop);

    async Task Mark(Handed one, string why, StandIn? other, DateTimeOffset now, CancellationToken stop)
    {
        var (status, channel, targets) = (other is null ? "DEAD" : "REPLACED", other?.Channel.Word() ?? "", other?.Targets ?? []);
        var told = DeliveryWords.Why(other is null ? why : $"{why} {other.Channel.Name()} stands in.");
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH marked AS (
                UPDATE notification_deliveries SET status = {status}, why = {told}, ended_at = {now} WHERE id = {one.Id} AND status = 'HANDED' RETURNING id
            ), rung AS (
                SELECT pg_notify({NotificationOutbox.Bell}, '') FROM marked
            )
            INSERT INTO notification_deliveries (notification_id, user_id, channel, target, status, stands_in_for, next_at, due_at, created_at)
            SELECT {one.NotificationId}, {one.UserId}, {channel}, target, 'WAITING', 'EMAIL', {now}, {one.DueAt}, {now}
            FROM rung, unnest({targets}) AS target
            ON CONFLICT (notification_id, channel, target) DO UPDATE
            SET status = 'WAITING', why = NULL, stands_in_for = excluded.stands_in_for, next_at = excluded.next_at, ended_at = NULL
            WHERE notification_deliveries.status = 'SKIPPED'
            """,
            stop);
    }
}
