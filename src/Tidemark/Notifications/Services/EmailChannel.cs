using Microsoft.EntityFrameworkCore.Storage;
using Tidemark.Accounts.Mails;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Hands a letter to the mail queue, to the account's own address. The mail and the word that it was handed over are one transaction, so
/// that a sender killed here writes no second letter; the queue sends it under a message id that stays.
/// </summary>
sealed class EmailChannel(IServiceScopeFactory scopes, TimeProvider clock) : INotificationChannel
{
    public ChannelKind Kind => ChannelKind.Email;
    public bool IsOffered => true;

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        await using var both = await db.Database.BeginTransactionAsync(stop);
        var mail = await scope.ServiceProvider.GetRequiredService<AccountMailer>().Send(parcel.To.Email, Letter(parcel));
        await db.SaveChangesAsync(stop);
        if (!await Mark(both, parcel, mail.Id, stop))
        {
            return SendResult.Handed;
        }
        await both.CommitAsync(CancellationToken.None);
        return SendResult.Handed;
    }

    /// <summary>False when another sender has the delivery by now; then this one's letter is rolled back.</summary>
    async Task<bool> Mark(IDbContextTransaction both, Parcel parcel, long mail, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var mark = OutboxSql.Command(
            both,
            """
            WITH marked AS (
                UPDATE notification_deliveries SET status = 'HANDED', mail_id = $3, next_at = $4, why = NULL, first_attempt_at = coalesce(first_attempt_at, $4)
                WHERE id = $1 AND fence = $2 AND status = 'SENDING'
                RETURNING id
            )
            INSERT INTO notification_attempts (delivery_id, number, started_at, took_ms, outcome, why)
            SELECT id, $5, $4, 0, 'ACCEPTED', 'The mail queue has it.' FROM marked
            """,
            parcel.DeliveryId, parcel.Fence, mail, now, parcel.Attempt);
        return await mark.ExecuteNonQueryAsync(stop) == 1;
    }

    static MailContent Letter(Parcel parcel)
    {
        var isGerman = parcel.To.Language == "de";
        return new MailContent(Mail.Notification, parcel.Title, [.. parcel.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)])
        {
            Action = parcel.Link is { } link ? (isGerman ? "Öffnen" : "Open", link) : null,
            Otherwise = isGerman ? "Welche Benachrichtigungen Sie per Mail bekommen, stellen Sie unter Profil, Benachrichtigungen ein." : "Which notifications come by mail is set under Profile, Notifications.",
        };
    }
}
