using System.ComponentModel;
using Tidemark.Platform.Api;

namespace Tidemark.Access;

/// <summary>A page of the app and what it takes to open it.</summary>
public sealed record PageRule(string Page, Entitlement? Needs = null, bool AdminsOnly = false, bool Public = false)
{
    public PageStanding For(Plan plan, Role role)
    {
        var why = Needs?.Explain(plan, role);
        var isOpen = AdminsOnly ? role == Role.Admin : why?.Allowed ?? true;
        return new PageStanding(Page, isOpen, isOpen ? null : why?.WhatToDo ?? "This page is for admins.", Needs?.Name, isOpen ? null : why?.OpensWith);
    }
}

public sealed record PageStanding(
    string Page,
    bool Open,
    [property: Description("Why not, and what to do; null when it is open.")] string? Why,
    [property: Description("The entitlement that opens it; null when every account may.")] string? Entitlement,
    [property: Description("The least plan that opens it.")] Plan? OpensWith);

/// <summary>Which pages a plan opens. Limits inside a page are the entitlements' own.</summary>
public static class PageAccess
{
    public static IReadOnlyList<PageRule> All { get; } =
    [
        new("landing", Public: true),
        new("dashboard"),
        new("patterns", Entitlements.Patterns),
        new("signals", Entitlements.Signals),
        new("alerts"),
        new("portfolio", Entitlements.Portfolios),
        new("analytics", Entitlements.Analytics),
        new("backtest", Entitlements.Backtest),
        new("api", Entitlements.ApiAccess),
        new("profile"),
        new("admin", AdminsOnly: true),
    ];

    public static IReadOnlyList<PageStanding> For(Plan plan, Role role) => [.. All.Select(page => page.For(plan, role))];
}
