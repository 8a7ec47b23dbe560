using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Mail;

/// <summary>Sends what waits, on any node, each mail by one at a time; tries again with growing patience and parks what never goes.</summary>
sealed class MailSender(IServiceScopeFactory scopes, IMailCarrier carrier, TidemarkSettings settings, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    const int MostAttempts = 10;
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!carrier.IsOpen)
        {
            return;
        }
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    while (await SendNext(stoppingToken))
                    {
                        // On to the next that is due.
                    }
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogError(fault, "Mails could not be sent");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops; what waits is a row.
        }
    }

    /// <summary>Sends the mail that has waited longest, notifications after all others; false when none is due.</summary>
    internal async Task<bool> SendNext(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        await using var turn = await db.Database.BeginTransactionAsync(stop);
        var mail = await db.Set<Mail>()
            .FromSql($"SELECT * FROM mails WHERE sent_at IS NULL AND parked_at IS NULL AND next_at <= {clock.GetUtcNow()} ORDER BY kind = {Mail.Notification}, next_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(stop);
        if (mail is null)
        {
            return false;
        }
        mail.Attempts++;
        try
        {
            var letter = scope.ServiceProvider.GetRequiredService<Mailbox>().Open(mail) ?? throw new InvalidOperationException("The letter is gone.");
            await carrier.Carry(mail, letter, stop);
            (mail.SentAt, mail.Fault) = (clock.GetUtcNow(), null);
            if (mail.Kind == Mail.Farewell)
            {
                db.Remove(mail);
            }
            if (settings.IsProduction)
            {
                mail.Letter = null;
            }
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            Postpone(mail, fault);
        }
        await db.SaveChangesAsync(CancellationToken.None);
        await turn.CommitAsync(CancellationToken.None);
        return true;
    }

    void Postpone(Mail mail, Exception fault)
    {
        mail.Fault = Mail.Describe(fault);
        mail.NextAt = clock.GetUtcNow() + TimeSpan.FromSeconds(15 * Math.Pow(2, mail.Attempts - 1));
        if (mail.Attempts < MostAttempts)
        {
            log.LogWarning("Mail {Mail} ({Kind}) was not taken, attempt {Attempt}: {Reason}", mail.Id, mail.Kind, mail.Attempts, fault.Message);
            return;
        }
        mail.ParkedAt = clock.GetUtcNow();
        log.LogError("Mail {Mail} ({Kind}) was not taken {Attempts} times and is given up: {Reason}", mail.Id, mail.Kind, mail.Attempts, fault.Message);
    }
}
