using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;
using Tidemark.Platform.Web;

namespace Tidemark.Platform.Mail;

/// <summary>The outbox for people: development only.</summary>
static class OutboxPages
{
    internal sealed record KeptMail(long Id, string Recipient, string Subject, DateTimeOffset WrittenAt, string Text);

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<TidemarkSettings>().IsProduction)
        {
            return;
        }
        app.MapGet("/outbox", static (HttpContext http, TidemarkSettings settings) =>
                OutboxEndpoints.IsHere(http, settings) ? new PageResult<OutboxPage>() : (IResult)new PageResult<Web.Pages.NotFoundPage>(StatusCodes.Status404NotFound))
            .ExcludeFromDescription();
    }

    internal static async Task<IReadOnlyList<KeptMail>> Newest(TidemarkDb db, Mailbox box) =>
        [.. (await db.Set<Mail>().AsNoTracking().OrderByDescending(mail => mail.Id).Take(50).ToListAsync())
            .Select(mail => new KeptMail(mail.Id, mail.Recipient, mail.Subject, mail.WrittenAt, box.Open(mail)?.Text ?? "(sent and forgotten)"))];
}
