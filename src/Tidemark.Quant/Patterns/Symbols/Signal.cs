using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>Agreement that the gate let through, at the close that confirmed one of its patterns.</summary>
/// <param name="KnownAt">When it became known, in UTC milliseconds.</param>
/// <param name="Score">How much the timeframes agree.</param>
/// <param name="Timeframe">The timeframe of the pattern; the longest of those that were confirmed at once.</param>
/// <param name="Pattern">The pattern whose confirmation made it.</param>
/// <param name="Plan">How that pattern could be traded.</param>
public sealed record Signal(long KnownAt, ConfluenceScore Score, Timeframe Timeframe, Pattern Pattern, TradePlan Plan)
{
    /// <summary>The latest active pattern of each timeframe that agrees, shortest timeframe first.</summary>
    public IReadOnlyList<SignalSupport> Support { get; init; } = [];
}

/// <summary>One of the patterns that a signal rests on.</summary>
/// <param name="Timeframe">Its timeframe.</param>
/// <param name="Pattern">The pattern.</param>
public readonly record struct SignalSupport(Timeframe Timeframe, Pattern Pattern);
