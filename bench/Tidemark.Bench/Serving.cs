using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Accounts.Sessions;
using Tidemark.Alerts;
using Tidemark.Backtests;
using Tidemark.Market;
using Tidemark.Notifications;
using Tidemark.Operations;
using Tidemark.Patterns;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Http;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Mail;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Settings;
using Tidemark.Platform.Web;
using Tidemark.Signals;

namespace Tidemark.Bench;

/// <summary>The program as it serves, without its pages: it measures without the browser app having been built.</summary>
static class Serving
{
    public static Product Product => Product.Of(
        DatabaseModule.AddDatabase, SecretsModule.AddSecrets, ApiModule.AddApi, RealtimeModule.AddRealtime, JobsModule.AddJobs, HttpModule.AddHttp, MailModule.AddMail, AuditModule.AddAudit,
        AccessModule.AddAccess, AccountsModule.AddAccounts, NotificationsModule.AddNotifications, MarketModule.AddMarket, PatternsModule.AddPatterns, AlertsModule.AddAlerts, SignalsModule.AddSignals, BacktestsModule.AddBacktests, WebModule.AddWeb, OperationsModule.AddOperations,
        static module => module.Services.AddSingleton<PublicAddresses>());

    /// <summary>Settings of a server that makes its own market.</summary>
    public static TidemarkSettings Settings(string folder) => TidemarkSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TIDEMARK_DATA"] = folder,
            ["MARKET_SOURCE"] = "recorded",
            ["RATE_LIMIT_ANONYMOUS"] = "10000000",
            ["LOG_LEVEL"] = "WARNING",
            ["SCHEDULER_ENABLED"] = "false",
            ["PUBLIC_URL"] = "http://127.0.0.1:5099",
        }).Build(),
        SettingsSource.FindHome());

    /// <summary>A person with a plan that leaves nothing locked, and the token that speaks for him.</summary>
    public static async Task<(long UserId, string Token)> Person(TidemarkDb db, AccessTokens tokens, string email)
    {
        var now = TimeProvider.System.GetUtcNow();
        var user = new Accounts.User { Email = email, PasswordHash = "", Role = Role.User, Plan = Plan.Premium, CreatedAt = now, EmailVerifiedAt = now };
        db.Add(user);
        await db.SaveChangesAsync();
        var session = new Session { UserId = user.Id, Kind = SessionKind.Api, RefreshSeed = new byte[32], CreatedAt = now, LastSeenAt = now, IdleSeconds = 86_400, ExpiresAt = now.AddDays(1), SecondFactor = false, Browser = "", Address = "" };
        db.Add(session);
        await db.SaveChangesAsync();
        return (user.Id, await tokens.Issue(session, CancellationToken.None));
    }
}
