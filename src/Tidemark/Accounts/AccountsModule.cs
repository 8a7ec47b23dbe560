using Tidemark.Platform;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>Who people are.</summary>
public static class AccountsModule
{
    public static void AddAccounts(this ModuleBuilder module)
    {
        module.Entities<User>();
        module.Services.AddSingleton<Passwords>();
        module.Services.AddScoped<DemoAccounts>();
        module.BeforeServing(static (services, stop) => services.GetRequiredService<DemoAccounts>().Prepare(stop));
        module.StartLine("Accounts", static services => services.GetRequiredService<TidemarkSettings>().IsProduction ? "make the first with: tidemark db user you@example.com --role Admin" : DemoAccounts.Line);
        module.DatabaseCommand(UserCommand.Build);
    }
}
