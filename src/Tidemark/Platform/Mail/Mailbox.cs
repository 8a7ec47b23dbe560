using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Mail;

/// <summary>Where mails are dropped: the row is saved with whatever else the caller saves.</summary>
public sealed class Mailbox(TidemarkDb db, IDataProtectionProvider protection, TimeProvider clock)
{
    readonly IDataProtector _protector = protection.CreateProtector("mails");

    public Mail Drop(string kind, string recipient, string subject, Letter letter)
    {
        var now = clock.GetUtcNow();
        var mail = new Mail
        {
            Kind = kind,
            Recipient = recipient,
            Subject = OneLine(subject),
            Letter = _protector.Protect(JsonSerializer.Serialize(letter)),
            WrittenAt = now,
            NextAt = now,
        };
        db.Add(mail);
        return mail;
    }

    public Letter? Open(Mail mail) => mail.Letter is { } sealedLetter ? JsonSerializer.Deserialize<Letter>(_protector.Unprotect(sealedLetter)) : null;

    /// <summary>A subject is one header line, whatever stands in it.</summary>
    static string OneLine(string subject) => string.Concat(subject.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
