using System.ComponentModel;
using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Reading;

/// <summary>What a plan leaves locked: told, so that people know it is there, without what is in it.</summary>
public sealed record Locked(
    [property: Description("The entitlement that is missing, like symbols or patterns.kinds.")] string Entitlement,
    [property: Description("What is locked, for people.")] string What,
    [property: Description("The least plan that opens it; null where none does.")] Plan? OpensWith);

/// <summary>How much of the patterns and signals a caller may see; null is without bound.</summary>
public sealed record PatternSight
{
    public static PatternSight Everything { get; } = new();

    public IReadOnlySet<Symbol>? Symbols { get; init; }
    public IReadOnlySet<PatternKind>? Kinds { get; init; }

    /// <summary>How many of the newest patterns the history shows; 0 for none of it.</summary>
    public int? History { get; init; }

    /// <summary>How many of the newest signals are shown; 0 for none.</summary>
    public int? Signals { get; init; }

    /// <summary>What is locked, to be shown as such.</summary>
    public IReadOnlyList<Locked> Locks { get; init; } = [];

    /// <summary>Why something is locked, by entitlement.</summary>
    internal IReadOnlyDictionary<string, Standing> Reasons { get; init; } = new Dictionary<string, Standing>();

    public bool IsWhole => Symbols is null && Kinds is null;
    public bool SeesSignals => Signals is not 0;

    public bool Sees(Symbol symbol) => Symbols is null || Symbols.Contains(symbol);
    public bool Sees(PatternKind kind) => Kinds is null || Kinds.Contains(kind);

    /// <summary>Of ended patterns of one source, those the plan's history shows; active ones are not history.</summary>
    public async Task<Func<StoredPattern, bool>> ShownOf(PatternTable table, MarketSource source, CancellationToken stop)
    {
        if (History is not { } most)
        {
            return static _ => true;
        }
        var newest = most == 0 ? new HashSet<long>() : await table.NewestIds(new PatternFilter { Source = source, Symbols = Symbols?.ToList(), Kinds = Kinds?.ToList() }, most, stop);
        return pattern => pattern.EndedAt is null || newest.Contains(pattern.Id);
    }

    /// <summary>Refuses with why, where the symbol lies outside.</summary>
    public void Require(Symbol symbol) => Hold(Sees(symbol), Entitlements.Symbols);

    public void Require(PatternKind kind) => Hold(Sees(kind), Entitlements.PatternKinds);

    public void RequireHistory() => Hold(History is not 0, Entitlements.Patterns);

    public void RequireSignals() => Hold(SeesSignals, Entitlements.Signals);

    /// <summary>Refuses what lies before the newest that the plan shows.</summary>
    public void Require(bool isAmongNewest, Entitlement entitlement) => Hold(isAmongNewest, entitlement);

    void Hold(bool holds, Entitlement entitlement)
    {
        if (!holds)
        {
            throw Reasons.TryGetValue(entitlement.Name, out var why) ? new TidemarkException(ErrorCode.PlanRequired, why.WhatToDo, why.Refusal().Details) : new TidemarkException(ErrorCode.PlanRequired);
        }
    }
}
