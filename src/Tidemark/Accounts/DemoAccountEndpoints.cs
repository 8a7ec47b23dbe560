using Tidemark.Platform.Api;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts;

/// <summary>Names the demo accounts to the sign-in page of a development server; elsewhere there are none to name.</summary>
public static class DemoAccountEndpoints
{
    public static void Map(RouteGroupBuilder demo) =>
        demo.MapGet("", static (TidemarkSettings settings) => settings.IsProduction ? [] : DemoAccounts.All).Allow(Caller.Anyone)
            .WithSummary("Accounts with public passwords to try the product with; none in production").Shows(new[] { DemoAccounts.All[1] });
}
