using System.ComponentModel;
using System.Globalization;
using Tidemark.Platform.Api;

namespace Tidemark.Access;

/// <summary>How an entitlement is measured.</summary>
public enum Measure
{
    /// <summary>One has it or not.</summary>
    Open,

    /// <summary>How many may be held at a time; giving one up makes room.</summary>
    Held,

    /// <summary>How many a day, UTC.</summary>
    Daily,

    /// <summary>How many of the newest may be seen.</summary>
    Newest,

    /// <summary>Which ones.</summary>
    Kinds,

    /// <summary>How long one waits.</summary>
    Delay,
}

/// <summary>What one plan gives: a number, or without bound, or nothing; where it matters, only the named ones.</summary>
public sealed record Grant(int? Most, IReadOnlyList<string>? Only = null)
{
    public static Grant None { get; } = new(0);
    public static Grant Unlimited { get; } = new((int?)null);
    public static Grant UpTo(int most) => new(most);
    public static Grant JustThese(params string[] names) => new(names.Length, names);
}

/// <summary>One thing that plans differ in.</summary>
public sealed record Entitlement(string Name, string Title, Measure Measure, string Unit, Grant Free, Grant Pro, Grant Premium)
{
    /// <summary>What the role of a provider gives, where it is more than the plan does.</summary>
    public Grant? Provider { get; init; }

    public Grant Of(Plan plan, Role role)
    {
        var byPlan = plan switch { Plan.Free => Free, Plan.Pro => Pro, _ => Premium };
        return role switch
        {
            Role.Admin => Premium,
            Role.Provider when Provider is { } own && byPlan.Most is { } most && (own.Most is null || own.Most > most) => own,
            _ => byPlan,
        };
    }

    /// <summary>What the plan says, before anything is counted.</summary>
    public Standing Explain(Plan plan, Role role, int used = 0, DateTimeOffset? resetsAt = null, string? item = null)
    {
        var grant = Of(plan, role);
        var isOpen = Measure == Measure.Delay || grant.Most is null || used < grant.Most;
        if (item is not null && grant.Only is { } only)
        {
            isOpen = only.Contains(item, StringComparer.OrdinalIgnoreCase);
        }
        var isIncluded = Measure == Measure.Delay || (grant.Most is not 0 && (item is null || grant.Only?.Contains(item, StringComparer.OrdinalIgnoreCase) != false));
        return new Standing(Name, Title, isOpen, plan, grant.Most, Measure, Unit, used, resetsAt, grant.Only, isOpen ? null : ToDo(plan, isIncluded, item), isOpen ? null : Opens(plan, item));
    }

    /// <summary>The least plan above the caller's that opens it.</summary>
    Plan? Opens(Plan plan, string? item)
    {
        foreach (var higher in (ReadOnlySpan<Plan>)[Plan.Pro, Plan.Premium])
        {
            var (grant, now) = (Of(higher, Role.User), Of(plan, Role.User));
            var isWider = grant.Most is null ? now.Most is not null : grant.Most > (now.Most ?? int.MaxValue);
            if (higher > plan && isWider && (item is null || grant.Only?.Contains(item, StringComparer.OrdinalIgnoreCase) != false))
            {
                return higher;
            }
        }
        return null;
    }

    string ToDo(Plan plan, bool isIncluded, string? item)
    {
        var upgrade = Opens(plan, item) is { } higher ? $"{higher} {(higher is Plan.Premium && Premium.Most is null && Measure != Measure.Open ? "has no limit" : "includes it")}." : "";
        return (Measure, isIncluded) switch
        {
            (_, false) => $"{plan} does not include {Title.ToLowerInvariant()}{(item is null ? "" : $" for {item}")}. {upgrade}".TrimEnd(),
            (Measure.Daily, _) => $"Today's {Unit} are used up; the count starts anew at midnight UTC. {upgrade}".TrimEnd(),
            (Measure.Held, _) => $"Give one up to make room. {upgrade}".TrimEnd(),
            _ => upgrade,
        };
    }
}

/// <summary>Where a caller stands with an entitlement, and why.</summary>
public sealed record Standing(
    [property: Description("The entitlement's name, like backtest.run.")] string Entitlement,
    string Title,
    [property: Description("Whether one more is allowed now.")] bool Allowed,
    Plan Plan,
    [property: Description("What the plan gives; null is without bound. Its unit stands in unit.")] int? Limit,
    Measure Measure,
    [property: Description("What limit and used count.")] string Unit,
    [property: Description("How many are used or held now.")] int Used,
    [property: Description("When the count starts anew, UTC; null where it does not.")] DateTimeOffset? ResetsAt,
    [property: Description("Only these, where the plan names them.")] IReadOnlyList<string>? Only,
    [property: Description("Why not, and what to do; null when it is allowed.")] string? WhatToDo,
    [property: Description("The least plan that opens it; null when none does or it is open.")] Plan? OpensWith)
{
    /// <summary>What an address answers that needs this and was refused.</summary>
    public TidemarkException Refusal()
    {
        var details = new Dictionary<string, object?>
        {
            ["entitlement"] = Entitlement,
            ["plan"] = Plan,
            ["limit"] = Limit,
            ["unit"] = Unit,
            ["used"] = Used,
            ["resetsAt"] = ResetsAt,
            ["only"] = Only,
            ["whatToDo"] = WhatToDo,
            ["opensWith"] = OpensWith,
        };
        var isUsedUp = Limit is > 0 && Only is null && Used >= Limit;
        return new TidemarkException(isUsedUp ? ErrorCode.LimitReached : ErrorCode.PlanRequired, isUsedUp ? $"{Title}: {Used.ToString(CultureInfo.InvariantCulture)} of {Limit} {Unit} are used. {WhatToDo}" : WhatToDo, details);
    }
}
