using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>Agreement that the gate let through, at the close that confirmed one of its patterns.</summary>
/// <param name="KnownAt">When it became known, in UTC milliseconds.</param>
/// <param name="Score">How much the timeframes agree.</param>
/// <param name="Timeframe">The timeframe of the pattern; the longest of those that were confirmed at once.</param>
/// <param name="Pattern">The pattern whose confirmation made it.</param>
/// <param name="Plan">How that pattern could be traded; null where entry and stop would coincide.</param>
public sealed record Signal(long KnownAt, ConfluenceScore Score, Timeframe Timeframe, Pattern Pattern, TradePlan? Plan);
