using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using static Tidemark.Accounts.SignIn.AuthEndpoints;

namespace Tidemark.Accounts.Profile;

/// <summary>What a person sees and changes of the own account.</summary>
public static class ProfileEndpoints
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("", Read).Allow(Caller.InPerson).WithSummary("Your account").Shows(Example);
        account.MapPatch("", Change).Allow(Caller.InPerson).WithSummary("Change name, time zone, language, theme").Shows(Example, new ProfileChange("Ann", "Europe/Zurich", "de", Theme.Dark));
        account.MapGet("/trading", ReadTrading).Allow(Caller.InPerson).WithSummary("Your risk parameters and defaults").Shows(ExampleTrading);
        account.MapPut("/trading", ChangeTrading).Allow(Caller.InPerson).WithSummary("Change your risk parameters and defaults").Shows(ExampleTrading, ExampleTrading);
        account.MapGet("/subscription", Subscription).Allow(Caller.InPerson).WithSummary("Your plan, its limits, and how much of them is used").Shows(new SubscriptionView(Plan.Free, Role.User, 0m, [Entitlements.Notifications.Explain(Plan.Free, Role.User)]));
        account.MapGet("/audit", OwnAudit).Allow(Caller.InPerson).WithSummary("What the audit log holds of you, newest first").Shows(new Page<AuditEntry>([AuditEndpoints.Example], 50, null));
        account.MapPost("/email", ChangeEmail).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Ask for another address; a mail to it confirms").Shows(Done.Yes, new Address("ann@example.org"));
        account.MapPost("/email/confirm", ConfirmEmail).Allow(Caller.Anyone).HandlesSecrets().IgnoresCredential().WithSummary("Confirm the new address with the mailed token").Shows(Done.Yes, new MailedProof("oF3…"));
        account.MapGet("/export", PersonalData.Export).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Everything this server holds of you");
        account.MapPost("/delete", PersonalData.Delete).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Delete your account and everything of yours").Shows(Done.Yes, new PersonalData.Farewell("ann@example.com"));
    }

    static ProfileView Example { get; } = new(17, "ann@example.com", "Ann", "Europe/Zurich", "en", Theme.System, Role.User, Plan.Free, "tidemark-5d41402abc4b2a76b9719d911017c592", true, false, new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    static TradingView ExampleTrading { get; } = new(10_000m, "USDT", 0.01m, 2m, 0.05m, 5, "BTC/USDT", "1h");

    public sealed record ProfileView(
        long Id,
        string Email,
        string Name,
        string TimeZone,
        string Language,
        Theme Theme,
        Role Role,
        Plan Plan,
        [property: Description("The topic of your push notifications: yours alone.")] string NtfyTopic,
        [property: Description("Whether an authenticator is on.")] bool HasAuthenticator,
        bool IsDemo,
        DateTimeOffset CreatedAt);

    public sealed record ProfileChange(
        string? Name = null,
        [property: Description("A name of the tz database, like Europe/Zurich.")] string? TimeZone = null,
        [property: Description("en, de, fr or id.")] string? Language = null,
        Theme? Theme = null);

    public sealed record TradingView(
        [property: Description("In accountCurrency."), Range(0, 1_000_000_000_000)] decimal AccountSize,
        [property: StringLength(5, MinimumLength = 3)] string AccountCurrency,
        [property: Description("Fraction of the account risked on a trade: 0.01 is 1 %."), Range(0.0001, 0.1)] decimal RiskPerTrade,
        [property: Description("Reward aimed at for each unit of risk."), Range(0.5, 20)] decimal RiskReward,
        [property: Description("Fraction of the account after whose loss the day is over."), Range(0.0001, 1)] decimal DailyLossLimit,
        [property: Range(1, 100)] int MostOpenPositions,
        [property: StringLength(30, MinimumLength = 3)] string DefaultSymbol,
        [property: AllowedValues("1m", "5m", "15m", "30m", "1h", "2h", "4h", "1d")] string DefaultTimeframe);

    public sealed record SubscriptionView(
        Plan Plan,
        Role Role,
        [property: Description("USD a month.")] decimal PricePerMonth,
        [property: Description("Every limit of the plan and how much of it is used.")] IReadOnlyList<Standing> Limits);

    static async Task<ProfileView> Read(Caller caller, TidemarkDb db, CancellationToken stop) => View(await Own(caller, db, stop));

    static async Task<ProfileView> Change(ProfileChange change, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        new Fields()
            .Must("name", Fields.Name(change.Name ?? ""))
            .Must("timeZone", Fields.TimeZone(change.TimeZone ?? "UTC"))
            .Must("language", Fields.Language(change.Language ?? "en"))
            .Hold();
        var user = await Own(caller, db, stop);
        (user.Name, user.TimeZone) = (change.Name?.Trim() ?? user.Name, change.TimeZone ?? user.TimeZone);
        (user.Language, user.Theme) = (change.Language ?? user.Language, change.Theme ?? user.Theme);
        await db.SaveChangesAsync(stop);
        return View(user);
    }

    static async Task<TradingView> ReadTrading(Caller caller, TidemarkDb db, CancellationToken stop) =>
        View(await db.Set<TradingPreferences>().FindAsync([caller.UserId], stop) ?? new TradingPreferences { UserId = caller.UserId });

    static async Task<TradingView> ChangeTrading(TradingView wanted, Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        new Fields()
            .Must("accountCurrency", wanted.AccountCurrency.All(char.IsAsciiLetterUpper) ? null : "A currency is written in capital letters.")
            .Must("defaultSymbol", wanted.DefaultSymbol.Split('/') is [{ Length: > 0 } from, { Length: > 0 } to] && (from + to).All(char.IsAsciiLetterOrDigit) ? null : "A symbol is written like BTC/USDT.")
            .Hold();
        var preferences = await db.Set<TradingPreferences>().FindAsync([caller.UserId], stop);
        if (preferences is null)
        {
            db.Add(preferences = new TradingPreferences { UserId = caller.UserId });
        }
        preferences.AccountSize = decimal.Round(wanted.AccountSize, 2);
        preferences.AccountCurrency = wanted.AccountCurrency;
        preferences.RiskPerTrade = decimal.Round(wanted.RiskPerTrade, 4);
        preferences.RiskReward = decimal.Round(wanted.RiskReward, 2);
        preferences.DailyLossLimit = decimal.Round(wanted.DailyLossLimit, 4);
        preferences.MostOpenPositions = wanted.MostOpenPositions;
        (preferences.DefaultSymbol, preferences.DefaultTimeframe) = (wanted.DefaultSymbol.ToUpperInvariant(), wanted.DefaultTimeframe);
        preferences.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        return View(preferences);
    }

    static async Task<SubscriptionView> Subscription(Caller caller, PlanAccess access, Platform.Settings.TidemarkSettings settings, CancellationToken stop)
    {
        var price = caller.Plan switch { Plan.Free => 0m, Plan.Pro => settings.Price("PLAN_PRO_PRICE"), _ => settings.Price("PLAN_PREMIUM_PRICE") };
        return new SubscriptionView(caller.Plan, caller.Role, price, await access.Overview(caller, stop));
    }

    static Task<Page<AuditEntry>> OwnAudit([AsParameters] PageRequest page, Caller caller, AuditReader reader, CancellationToken stop) =>
        reader.ReadOwn(caller.UserId, page, stop);

    static async Task<Done> ChangeEmail(Address wanted, Caller caller, TidemarkDb db, MailedTokens links, Registration registration, AccountMailer mailer, AuditLog audit, RateLimits limits, TimeProvider clock, CancellationToken stop)
    {
        new Fields().Must("email", Fields.Email(wanted.Email)).Hold();
        var email = User.Normal(wanted.Email);
        if (!(await limits.Spend(new RateBucket("address changes", 3, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "An address can be changed three times an hour.");
        }
        await db.InTransaction(
            async _ =>
            {
                var user = await Own(caller, db, stop);
                // Whether the wanted address has an account is its owner's business: he gets a mail, and the answer is the same.
                var isTaken = await db.Set<User>().AnyAsync(other => other.Email == email, stop);
                var link = await links.Issue(user, MailedPurpose.Email, email, stop);
                if (await registration.MayMail(email, stop))
                {
                    await mailer.Send(email, isTaken ? AccountMails.AlreadyRegistered() : AccountMails.ConfirmEmail(link));
                }
                await mailer.Send(user.Email, AccountMails.EmailChanging(caller, email, clock.GetUtcNow()));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "email.change.asked", user.Id, stop);
            },
            stop);
        return Done.Yes;
    }

    static async Task<Done> ConfirmEmail(MailedProof proof, Caller caller, TidemarkDb db, MailedTokens links, Sessions.SessionBook sessions, AccountMailer mailer, AuditLog audit, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                var link = await links.Spend(MailedPurpose.Email, proof.Token, stop);
                var user = await db.Set<User>().SingleAsync(known => known.Id == link.UserId, stop);
                if (user.LockedAt is not null || await db.Set<User>().AnyAsync(other => other.Email == link.Email, stop))
                {
                    throw new TidemarkException(ErrorCode.LinkExpired);
                }
                var old = user.Email;
                user.Email = link.Email;
                await links.VoidAll(user.Id, stop);
                await mailer.Send(old, AccountMails.EmailChanged(link.Email));
                await db.SaveChangesAsync(stop);
                await sessions.EndAll(user.Id, null, "address changed", stop);
                await audit.Append(caller, "email.changed", user.Id, stop);
            },
            stop);
        return Done.Yes;
    }

    internal static async Task<User> Own(Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<User>().SingleOrDefaultAsync(user => user.Id == caller.UserId, stop) ?? throw new TidemarkException(ErrorCode.SignInRequired);

    static ProfileView View(User user) => new(
        user.Id, user.Email, user.Name, user.TimeZone, user.Language, user.Theme, user.Role, user.Plan, user.NtfyTopic, user.HasAuthenticator, user.IsDemo, user.CreatedAt);

    static TradingView View(TradingPreferences preferences) => new(
        preferences.AccountSize, preferences.AccountCurrency, preferences.RiskPerTrade, preferences.RiskReward, preferences.DailyLossLimit,
        preferences.MostOpenPositions, preferences.DefaultSymbol, preferences.DefaultTimeframe);
}
