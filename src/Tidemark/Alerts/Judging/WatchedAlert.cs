using Tidemark.Alerts.Kinds;

namespace Tidemark.Alerts.Judging;

/// <summary>An alert as the engine holds it: its terms, and from when on it may tell.</summary>
public sealed class WatchedAlert(long id, AlertTerms terms)
{
    public long Id => id;
    public AlertTerms Terms => terms;
    public long Owner { get; init; }
    public int Version { get; init; } = 1;

    /// <summary>What happened before does not count, in UTC milliseconds.</summary>
    public long ArmedAt { get; init; }

    /// <summary>How often it told.</summary>
    public int Triggers { get; set; }

    /// <summary>Tells nothing before, in UTC milliseconds.</summary>
    public long RestsUntil { get; set; } = long.MinValue;

    /// <summary>Whether its owner's plan lets it tell.</summary>
    public bool IsAllowed { get; set; } = true;

    /// <summary>
    /// Whether the condition has to become true anew: a crossing always, anything that tells every time after it told once.
    /// </summary>
    public bool NeedsEdge => terms.Condition is AlertCondition.PriceCrossesAbove or AlertCondition.PriceCrossesBelow or AlertCondition.PriceCrosses || (terms.Rule.Repeat == Repeat.EveryTime && Triggers > 0);

    /// <summary>Whether it may tell at a moment.</summary>
    public bool MayTell(long at) => IsAllowed && at >= RestsUntil && !terms.Rule.IsOver(at) && terms.Rule.Hours?.Hold(at) != false;

    /// <summary>From when after a moment it may tell again; never where it is done.</summary>
    public long MayTellFrom(long at) =>
        !IsAllowed || terms.Rule.IsOver(Math.Max(at, RestsUntil)) ? FiringRule.Never
        : RestsUntil > at ? RestsUntil
        : terms.Rule.Hours is { } hours && !hours.Hold(at) ? hours.NextBegin(at)
        : at;

    /// <summary>It tells, in a bar.</summary>
    public void Tell(long at, long bar)
    {
        Triggers++;
        RestsUntil = terms.Rule.RestsUntil(at, bar);
    }
}

/// <summary>That an alert's condition became true.</summary>
public readonly record struct Due(WatchedAlert Alert, int Number, long At, long Bar, double Price, double? Value);
