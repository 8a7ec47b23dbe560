using Microsoft.AspNetCore.Identity;
using Tidemark.Accounts.Admin;
using Tidemark.Accounts.Keys;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Profile;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>Who people are: how they get in, stay in, and are kept apart from everybody else.</summary>
public static class AccountsModule
{
    public static void AddAccounts(this ModuleBuilder module)
    {
        AddIdentity(module);
        AddSessions(module);
        module.Services.AddScoped<ApiKeyBook>();
        module.Services.AddScoped<UserDesk>();
        module.Services.AddScoped<Recipients>();
        module.Services.AddScoped<DemoAccounts>();
        module.BeforeServing(static (services, stop) => services.GetRequiredService<DemoAccounts>().Prepare(stop));
        module.StartLine("Accounts", static services => services.GetRequiredService<TidemarkSettings>().IsProduction ? "make the first with: tidemark db user you@example.com --role Admin" : DemoAccounts.Line);

        module.Endpoints("auth", AuthEndpoints.Map);
        module.Endpoints("account", static account =>
        {
            ProfileEndpoints.Map(account);
            SecurityEndpoints.Map(account);
        });
        module.Endpoints("api-keys", ApiKeyEndpoints.Map);
        module.Endpoints("admin/users", AdminUserEndpoints.Map);
        module.Endpoints("demo-accounts", DemoAccountEndpoints.Map);
        // What happens to one's own account, for the pages that show it.
        module.Channel(new ChannelDefinition(StandingNews.Channel, Caller.SignedIn) { Admits = static (caller, key) => key is not null && key == $"{caller.Id}", Kept = 20, Scope = new("read:account") });
        module.DatabaseCommand(DatabaseUserCommand.Build);
        module.Command(UserCommand.Build);
    }

    static void AddIdentity(ModuleBuilder module)
    {
        module.Entities<User>();
        module.Entities<MailedToken>();
        module.Entities<Passkey>();
        module.Entities<ApiKey>();
        module.Entities<TradingPreferences>();
        module.Services.AddSingleton(PasswordCost.Standard);
        module.Services.AddSingleton<Passwords>();
        module.Services.AddSingleton(new GuardLimits());
        module.Services.AddSingleton<SignInGuard>();
        module.Services.AddSingleton<Ceremonies>();
        module.Services.AddSingleton<SecondFactors>();
        module.Services.AddIdentityCore<User>();
        module.Services.AddScoped<IUserPasskeyStore<User>, IdentityStore>();
        module.Services.AddScoped<IUserStore<User>>(static services => services.GetRequiredService<IUserPasskeyStore<User>>());
        module.Services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        module.Services.AddOptions<IdentityPasskeyOptions>().Configure<TidemarkSettings>(static (passkeys, settings) =>
        {
            passkeys.ServerDomain = settings.IsSet("PUBLIC_URL") ? settings.PublicUrl.Host : null;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ValidateOrigin = page => ValueTask.FromResult(!page.CrossOrigin && Origins.IsOurs(page.Origin, page.HttpContext.Request, settings));
        });
        module.Services.AddScoped<Passkeys>();
        module.Services.AddScoped<MailedTokens>();
        module.Services.AddScoped<AccountMailer>();
        module.Services.AddScoped<Registration>();
        module.Services.AddScoped<SignInDesk>();
        module.Job<ForgetUnconfirmed>("forget-unconfirmed", "Delete registrations whose address was not confirmed within 30 days.", Every.Day.At(4, 10));
        module.Prunes("mailed_tokens", "expires_at", TimeSpan.FromDays(7));
        module.Prunes("ceremonies", "expires_at", TimeSpan.FromDays(1));
        module.Prunes("sign_in_failures", "failed_at", TimeSpan.FromDays(2));
    }

    static void AddSessions(ModuleBuilder module)
    {
        module.Entities<Session>();
        module.Entities<RefreshToken>();
        module.Entities<Device>();
        module.Services.AddSingleton<SigningKeys>();
        module.Services.AddSingleton<AccessTokens>();
        module.Services.AddSingleton<SessionCookie>();
        module.Services.AddSingleton<ApiKeyUse>();
        module.Services.AddHostedService(static services => services.GetRequiredService<ApiKeyUse>());
        module.Services.AddSingleton<Credentials>();
        module.Services.AddSingleton<ICredentials>(static services => services.GetRequiredService<Credentials>());
        module.Services.AddHostedService<SessionWatch>();
        module.Services.AddSingleton<StandingNews>();
        module.Services.AddScoped<SessionBook>();
        module.Services.AddScoped<RefreshTokens>();
        module.Prunes("sessions", "expires_at", TimeSpan.FromDays(90));
        module.Prunes("devices", "last_seen_at", TimeSpan.FromDays(180));
    }
}
