using Tidemark.Platform.Api;

namespace Tidemark.Accounts.Keys;

/// <summary>What a key may be made for.</summary>
public sealed record Scope(string Name, string Meaning, bool AdminsOnly = false);

/// <summary>Every scope; each opens something. Where an address names none, a key may do there what a stranger may.</summary>
public static class Scopes
{
    public static IReadOnlyList<Scope> All { get; } =
    [
        new("read:account", "Read who you are, your plan and what is left of its limits."),
        new("read:symbols", "Read the symbols that are watched, and their prices."),
        new("read:candles", "Read candles and what is computed from them."),
        new("read:patterns", "Read detected patterns."),
        new("read:signals", "Read signals."),
        new("read:matrix", "Read the pattern matrix."),
        new("read:alerts", "Read your alerts and what they told."),
        new("write:alerts", "Make, change and delete alerts."),
        new("read:notifications", "Read your notifications and what became of them."),
        new("read:backtests", "Read your backtests, strategies, paper sessions and indicators."),
        new("write:backtests", "Run, change and delete backtests, strategies, paper sessions and indicators."),
        new("write:scan", "Start a scan for patterns."),
        new("write:fetch", "Start fetching market data."),
        new("admin:scheduler", "Read jobs and their runs.", AdminsOnly: true),
        new("admin:users", "Read users.", AdminsOnly: true),
        new("admin:audit", "Read the audit log.", AdminsOnly: true),
        new("admin:problems", "Read problem reports.", AdminsOnly: true),
        new("admin:notifications", "Read how deliveries are doing.", AdminsOnly: true),
        new("admin:market", "Change what is watched.", AdminsOnly: true),
    ];

    /// <summary>Whether the caller may give it to a key: an admin's scopes only once he may act as an admin himself.</summary>
    public static bool MayGive(Caller caller, string name) => MayHave(caller.IsOperator ? Role.Admin : Role.User, name);

    public static bool MayHave(Role role, string name) => All.Any(scope => scope.Name == name && (role == Role.Admin || !scope.AdminsOnly));
}
