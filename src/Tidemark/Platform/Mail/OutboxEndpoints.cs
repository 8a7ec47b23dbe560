using System.ComponentModel;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Mail;

/// <summary>The mails of a developer's machine, to be read there instead of being sent. In production there is nothing here.</summary>
public static class OutboxEndpoints
{
    public static void Map(RouteGroupBuilder outbox)
    {
        outbox.MapGet("", List).Allow(Caller.Anyone).WithSummary("Mails written on this machine, newest first; development only, from this machine only")
            .Shows(new Page<OutboxMail>([Example], 50, null));
        outbox.MapGet("/{id:long}", Read).Allow(Caller.Anyone).WithSummary("One of them, with its letter")
            .Shows(new OpenedMail(Example, "<!DOCTYPE html>…", "Confirm your address: http://localhost:5000/confirm?token=…"));
    }

    static OutboxMail Example { get; } = new(12, "verify", "ann@example.com", "Confirm your address", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), null, null);

    public sealed record OutboxMail(
        long Id,
        [property: Description("What it is about: verify, reset, signedIn and others.")] string Kind,
        string Recipient,
        string Subject,
        DateTimeOffset WrittenAt,
        [property: Description("When it was sent; null where mails are only kept.")] DateTimeOffset? SentAt,
        [property: Description("Why the last attempt to send it failed.")] string? Fault);

    public sealed record OpenedMail(OutboxMail Mail, string Html, string Text);

    static async Task<Page<OutboxMail>> List([AsParameters] PageRequest page, [Description("Only mails to this address.")] string? recipient, HttpContext http, TidemarkSettings settings, TidemarkDb db, CancellationToken stop)
    {
        MustBeHere(http, settings);
        var before = page.Before;
        return await db.Set<Mail>()
            .Where(mail => mail.Id < before && (recipient == null || mail.Recipient == recipient))
            .OrderByDescending(mail => mail.Id)
            .Select(mail => new OutboxMail(mail.Id, mail.Kind, mail.Recipient, mail.Subject, mail.WrittenAt, mail.SentAt, mail.Fault))
            .ToPage(page, mail => mail.Id, stop);
    }

    static async Task<OpenedMail> Read(long id, HttpContext http, TidemarkSettings settings, TidemarkDb db, Mailbox box, CancellationToken stop)
    {
        MustBeHere(http, settings);
        var mail = await db.Set<Mail>().AsNoTracking().SingleOrDefaultAsync(mail => mail.Id == id, stop);
        return mail is not null && box.Open(mail) is { } letter
            ? new OpenedMail(new OutboxMail(mail.Id, mail.Kind, mail.Recipient, mail.Subject, mail.WrittenAt, mail.SentAt, mail.Fault), letter.Html, letter.Text)
            : throw new TidemarkException(ErrorCode.NotFound);
    }

    /// <summary>The letters open accounts: only who sits at the developer's machine may read them.</summary>
    internal static bool IsHere(HttpContext http, TidemarkSettings settings) =>
        !settings.IsProduction && http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);

    static void MustBeHere(HttpContext http, TidemarkSettings settings)
    {
        if (!IsHere(http, settings))
        {
            throw new TidemarkException(ErrorCode.NotFound);
        }
    }
}
