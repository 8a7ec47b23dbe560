using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Mail;

/// <summary>Mail: written with what caused it, sent after, shown in an outbox while developing.</summary>
public static class MailModule
{
    public static void AddMail(this ModuleBuilder module)
    {
        module.Entities<Mail>();
        module.Services.AddScoped<Mailbox>();
        module.Services.AddSingleton<IMailCarrier, SmtpCarrier>();
        module.Services.AddHostedService<MailSender>();
        module.Prunes("mails", "written_at", TimeSpan.FromDays(30));
        module.StartLine("Mail", static services => Describe(services.GetRequiredService<TidemarkSettings>()));
        module.Endpoints("outbox", OutboxEndpoints.Map);
        module.Routes(OutboxPages.Map);
    }

    static string Describe(TidemarkSettings settings) => settings switch
    {
        _ when settings["MAIL_SERVER"] is { } server => $"through {server}:{settings["MAIL_PORT"]}",
        { IsProduction: true } => "none is sent: set MAIL_SERVER; mails wait in the database",
        _ => "kept, not sent: read them at /outbox",
    };
}
