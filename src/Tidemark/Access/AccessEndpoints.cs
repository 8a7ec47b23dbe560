using System.ComponentModel;
using Tidemark.Platform.Api;

namespace Tidemark.Access;

/// <summary>What a caller may, what anybody may with which plan, and why not.</summary>
public static class AccessEndpoints
{
    public static void Map(RouteGroupBuilder access)
    {
        access.MapGet("", Mine).Allow(Caller.SignedIn, "read:account").WithSummary("What your plan allows and how much of it is used").Shows(new[] { Example });
        access.MapGet("/catalogue", Catalogue).Allow(Caller.Anyone).WithSummary("Everything plans differ in, as a table").Shows(new[] { new CatalogueRow("backtest.run", "Backtests", Measure.Daily, "backtests", 0, 0, null, null) });
        access.MapGet("/pages", Pages).Allow(Caller.SignedIn, "read:account").WithSummary("Which pages your plan opens").Shows(new[] { new PageStanding("backtest", false, "Free does not include backtests. Premium has no limit.", "backtest.run", Plan.Premium) });
        access.MapGet("/{entitlement}", Why).Allow(Caller.SignedIn, "read:account").WithSummary("Why you may or may not: plan, limit, used, when it resets, what to do").Shows(Example);
    }

    static Standing Example { get; } = Entitlements.Backtest.Explain(Plan.Free, Role.User);

    public sealed record CatalogueRow(
        [property: Description("The entitlement's name.")] string Entitlement,
        string Title,
        Measure Measure,
        [property: Description("What the numbers count.")] string Unit,
        [property: Description("What Free gives: a number, 0 for nothing, null for no bound. For delays, minutes to wait.")] int? Free,
        [property: Description("What Pro gives.")] int? Pro,
        [property: Description("What Premium gives.")] int? Premium,
        [property: Description("What Free is limited to by name.")] IReadOnlyList<string>? FreeOnly);

    static Task<IReadOnlyList<Standing>> Mine(Caller caller, PlanAccess access, CancellationToken stop) => access.Overview(caller, stop);

    static IReadOnlyList<CatalogueRow> Catalogue() =>
        [.. Entitlements.All.Select(row => new CatalogueRow(row.Name, row.Title, row.Measure, row.Unit, row.Free.Most, row.Pro.Most, row.Premium.Most, row.Free.Only))];

    static IReadOnlyList<PageStanding> Pages(Caller caller) => PageAccess.For(caller.Plan, caller.Role);

    static Task<Standing> Why(string entitlement, [Description("One of its kind, like a symbol or a pattern type.")] string? item, Caller caller, PlanAccess access, CancellationToken stop) =>
        Entitlements.Find(entitlement) is { } known
            ? access.Allows(caller, known, stop, item)
            : throw new TidemarkException(ErrorCode.NotFound, "There is no such entitlement.");
}
