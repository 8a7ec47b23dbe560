using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Mail;

/// <summary>Takes a mail to where it goes. Tests carry it nowhere; SendGrid and SES are two more ways.</summary>
public interface IMailCarrier
{
    /// <summary>Whether there is a way at all; without one, mails wait.</summary>
    bool IsOpen { get; }

    Task Carry(Mail mail, Letter letter, CancellationToken stop);
}

/// <summary>By SMTP, with STARTTLS unless switched off.</summary>
sealed class SmtpCarrier(TidemarkSettings settings) : IMailCarrier
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool IsOpen => settings["MAIL_SERVER"] is not null;

    public async Task Carry(Mail mail, Letter letter, CancellationToken stop)
    {
        using var message = new MailMessage
        {
            From = new MailAddress(settings["MAIL_DEFAULT_SENDER"] ?? settings["MAIL_USERNAME"] ?? $"tidemark@{settings.PublicUrl.Host}", "Tidemark"),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.Recipient));
        // The same id on every attempt lets the receiver see a repeat for what it is.
        message.Headers.Add("Message-ID", $"<tidemark-{mail.Id}@{settings.PublicUrl.Host}>");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var smtp = new SmtpClient(settings["MAIL_SERVER"], settings.Number("MAIL_PORT")) { EnableSsl = settings.IsOn("MAIL_USE_TLS") };
        if (settings["MAIL_USERNAME"] is { } name)
        {
            smtp.Credentials = new NetworkCredential(name, settings["MAIL_PASSWORD"]);
        }
        await smtp.SendMailAsync(message, patience.Token);
    }
}
