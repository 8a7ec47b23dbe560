using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Reading;

/// <summary>Says how much a caller may see. The one place where patterns and signals ask about plans; it answers from memory, for every message.</summary>
public sealed class SightDesk
{
    /// <summary>Failed blocks come with the order blocks they were.</summary>
    static readonly Dictionary<string, PatternKind[]> KindsOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FVG"] = [PatternKind.FairValueGap],
        ["OB"] = [PatternKind.OrderBlock, PatternKind.BreakerBlock, PatternKind.MitigationBlock],
        ["SWEEP"] = [PatternKind.LiquiditySweep],
    };

    volatile ILookup<long, string> _chosen = Array.Empty<(long, string)>().ToLookup(static one => one.Item1, static one => one.Item2);
    volatile IReadOnlyList<Symbol> _watched = [];

    /// <summary>The symbols that users chose, and those that are watched, in their order.</summary>
    public void Learn(ILookup<long, string> chosen, IReadOnlyList<Symbol> watched) => (_chosen, _watched) = (chosen, watched);

    /// <summary>What a user has just chosen, ahead of the next look.</summary>
    public void Choose(long user, IReadOnlyCollection<string> symbols) =>
        _chosen = _chosen.Where(one => one.Key != user).SelectMany(static one => one.Select(item => (one.Key, item))).Concat(symbols.Select(symbol => (user, symbol))).ToLookup(static one => one.Item1, static one => one.Item2);

    public PatternSight Of(Caller caller) => caller.IsOperator ? PatternSight.Everything : Of(caller.Plan, caller.Role, caller.Id);

    PatternSight Of(Plan plan, Role role, long? user)
    {
        var (symbols, kinds) = (Symbols(plan, role, user), Kinds(plan, role));
        var (history, signals) = (Entitlements.Patterns.Of(plan, role).Most, Entitlements.Signals.Of(plan, role).Most);
        var reasons = new List<Standing>();
        if (symbols is not null)
        {
            var grant = Entitlements.Symbols.Of(plan, role);
            reasons.Add(grant.Only is null ? Entitlements.Symbols.Explain(plan, role, grant.Most ?? 0) : Entitlements.Symbols.Explain(plan, role, item: "other symbols"));
        }
        if (kinds is not null)
        {
            reasons.Add(Entitlements.PatternKinds.Explain(plan, role, item: "OB"));
        }
        if (history is { } most)
        {
            reasons.Add(Entitlements.Patterns.Explain(plan, role, most));
        }
        if (signals is { } newest)
        {
            reasons.Add(Entitlements.Signals.Explain(plan, role, newest));
        }
        return new PatternSight
        {
            Symbols = symbols,
            Kinds = kinds,
            History = history,
            Signals = signals,
            Reasons = reasons.ToDictionary(static reason => reason.Entitlement),
            Locks = [.. reasons.Select(static reason => new Locked(reason.Entitlement, reason.WhatToDo ?? reason.Title, reason.OpensWith))],
        };
    }

    /// <summary>Those the plan names, or as many as it has room for: the chosen ones, else the first that are watched.</summary>
    HashSet<Symbol>? Symbols(Plan plan, Role role, long? user)
    {
        var grant = Entitlements.Symbols.Of(plan, role);
        if (grant.Most is not { } most)
        {
            return null;
        }
        if (grant.Only is { } named)
        {
            return [.. named.Select(Symbol.Parse)];
        }
        var chosen = user is { } id ? _chosen[id].Select(Symbol.Parse).Take(most).ToHashSet() : [];
        return chosen.Count > 0 ? chosen : [.. _watched.Take(most)];
    }

    static HashSet<PatternKind>? Kinds(Plan plan, Role role)
    {
        var grant = Entitlements.PatternKinds.Of(plan, role);
        return grant.Only is not { } named || KindsOf.Keys.All(kind => named.Contains(kind, StringComparer.OrdinalIgnoreCase)) ? null : [.. named.SelectMany(static kind => KindsOf[kind])];
    }

    /// <summary>Whether a caller may hear a channel of patterns: `SYMBOL:KIND`, or none for all of them.</summary>
    public bool AdmitsPatterns(Caller caller, string? key)
    {
        var sight = Of(caller);
        if (key is null)
        {
            return HoldWhole(sight);
        }
        if (key.Split(':') is not [var name, var code] || !IsSymbol(name, out var symbol) || !Stored.PatternWords.TryKind(code, out var kind) || Stored.PatternWords.Code(kind) != code)
        {
            return false;
        }
        sight.Require(symbol);
        sight.Require(kind);
        return true;
    }

    /// <summary>Whether a caller may hear a channel of the matrix: `SYMBOL`, `SYMBOL:FVG` with gaps alone, or none for all of it.</summary>
    public bool AdmitsMatrix(Caller caller, string? key)
    {
        var sight = Of(caller);
        if (key is null)
        {
            return HoldWhole(sight);
        }
        var (name, rest) = key.Split(':') switch { [var one] => (one, ""), [var one, var two] => (one, two), _ => ("", "?") };
        if (!IsSymbol(name, out var symbol) || rest is not ("" or "FVG"))
        {
            return false;
        }
        sight.Require(symbol);
        if (rest.Length == 0)
        {
            sight.Require(PatternKind.OrderBlock);
        }
        return true;
    }

    /// <summary>Whether a caller may hear a channel of signals: `SYMBOL`, or none for all of them.</summary>
    public bool AdmitsSignals(Caller caller, string? key)
    {
        var sight = Of(caller);
        sight.RequireSignals();
        if (key is null)
        {
            sight.Require(sight.Symbols is null, Entitlements.Symbols);
            return true;
        }
        if (!IsSymbol(key, out var symbol))
        {
            return false;
        }
        sight.Require(symbol);
        return true;
    }

    static bool HoldWhole(PatternSight sight)
    {
        sight.Require(sight.Symbols is null, Entitlements.Symbols);
        sight.Require(sight.Kinds is null, Entitlements.PatternKinds);
        return true;
    }

    static bool IsSymbol(string name, out Symbol symbol) => Symbol.TryParse(name, out symbol) && symbol.ToString() == name;
}
