using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Platform.Mail;

/// <summary>What a person reads: the same in HTML and in plain text.</summary>
public sealed record Letter(string Html, string Text);

/// <summary>A mail on its way. The letter is stored encrypted, and forgotten once it is sent.</summary>
public sealed class Mail
{
    /// <summary>The kind of the last mail to somebody: nothing is kept of it once it is sent.</summary>
    public const string Farewell = "deleted";

    /// <summary>The kind that comes in numbers: mails that somebody is waiting for at a page go before them.</summary>
    public const string Notification = "notification";

    public long Id { get; private set; }

    /// <summary>What it is about, for operators and tests: `verify`, `reset`.</summary>
    public required string Kind { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public string? Letter { get; set; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required DateTimeOffset NextAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? ParkedAt { get; set; }
    public string? Fault { get; set; }

    const string AddressRefused = "The address was refused: ";

    /// <summary>A fault as it is noted: whether the mail server refused this one address for good is to be known afterwards.</summary>
    internal static string Describe(Exception fault) =>
        fault is SmtpFailedRecipientException { StatusCode: >= (SmtpStatusCode)500 } && !fault.Message.Contains(" 5.7.", StringComparison.Ordinal) ? AddressRefused + fault.Message : fault.Message;

    public static bool IsAboutTheAddress(string? fault) => fault?.StartsWith(AddressRefused, StringComparison.Ordinal) == true;

    internal sealed class Mapping : IEntityTypeConfiguration<Mail>
    {
        public void Configure(EntityTypeBuilder<Mail> mail) => mail.ToTable("mails");
    }
}
