namespace Tidemark.Platform.Web;

/// <summary>Where the app in the browser takes over. What lies below a place but is no page of it is its own 404.</summary>
static class AppShellRoutes
{
    static readonly string[] Places = ["dashboard", "markets", "patterns", "signals", "alerts", "backtest", "status", "jobs", "settings", "login", "register", "confirm", "verify-email", "forgot", "reset", "welcome", "profile", "admin"];

    /// <summary>Pages that are one for each of something; whether there is such a thing the app finds out.</summary>
    static readonly string[] Pages = ["chart/{symbol}", "signals/{id:long}", "alerts/new", "alerts/{id:long}", "backtest/runs/{id}", "backtest/compare", "backtest/optimiser", "backtest/paper", "backtest/paper/{id:long}", "backtest/strategies", "backtest/strategies/{key}", "backtest/indicators", "backtest/data", "learn/patterns", "learn/patterns/{kind}", "profile/account", "profile/security", "profile/notifications", "profile/trading", "profile/subscription", "profile/keys", "admin/users", "admin/users/{id:long}", "admin/audit", "admin/senders"];

    public static void Map(WebApplication app)
    {
        foreach (var place in Places)
        {
            app.MapMethods($"/{place}", Methods.Read, static () => Shell(StatusCodes.Status200OK)).ExcludeFromDescription();
            app.MapMethods($"/{place}/{{**rest}}", Methods.Read, static () => Shell(StatusCodes.Status404NotFound)).ExcludeFromDescription();
        }
        foreach (var page in Pages)
        {
            app.MapMethods($"/{page}", Methods.Read, static () => Shell(StatusCodes.Status200OK)).ExcludeFromDescription();
        }
    }

    static PageResult<Web.Pages.AppShell> Shell(int status) => new(status);
}
