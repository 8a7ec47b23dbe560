using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Quant.Patterns.Confluence;

namespace Tidemark.Patterns.Statistics;

/// <summary>How earlier patterns of a kind went: what was measured, never what is promised.</summary>
public sealed record Reliability(
    [property: Description("Finished patterns that were counted.")] int Cases,
    [property: Description("Whether there are 30 decided trades or more; below that there are no rates.")] bool IsEnough,
    [property: Description("Trades on paper that reached target or stop.")] int Decided,
    [property: Description("How often the target came before the stop, as a fraction; null under 30.")] double? HitRate,
    [property: Description("Lower end of its 95 % interval (Wilson).")] double? HitRateLow,
    [property: Description("Upper end of its 95 % interval.")] double? HitRateHigh,
    [property: Description("How often the whole zone was traded through, as a fraction; null under 30.")] double? FillRate,
    [property: Description("Lower end of its 95 % interval (Wilson).")] double? FillRateLow,
    [property: Description("Upper end of its 95 % interval.")] double? FillRateHigh,
    [property: Description("Median hours from confirmation to the first touch, of those touched; null under 30.")] double? MedianHoursToTouch,
    [property: Description("Median hours from confirmation until the zone was filled, of those filled; null under 30.")] double? MedianHoursToFill,
    [property: Description("Trades on paper that were entered.")] int Entered,
    [property: Description("Mean result of the entered trades after costs, in multiples of the risk; null under 30.")] double? ExpectancyR,
    [property: Description("Lower end of its 95 % interval.")] double? ExpectancyRLow,
    [property: Description("Upper end of its 95 % interval.")] double? ExpectancyRHigh,
    [property: Description("Trades in which stop and target fell in one candle; the stop was counted.")] int Ambiguous,
    [property: Description("First confirmation counted, UTC.")] DateTimeOffset? From,
    [property: Description("Candles were counted up to here, UTC.")] DateTimeOffset? Until,
    [property: Description("The symbol that was counted, or \"all symbols\".")] string Scope,
    [property: Description("live, recorded or synthetic: figures are never mixed.")] Provenance Provenance)
{
    /// <summary>Fewer cases than this say nothing.</summary>
    public const int Least = 30;

    public const string AllSymbols = "all symbols";
}

/// <summary>What a class of agreement between timeframes added, over all symbols of a source.</summary>
public sealed record ClassRow(
    ConfluenceGrade Class,
    [property: Description("Standard, High or Highest: the name of the class, not a measurement.")] string? Name,
    [property: Description("Finished patterns that were confirmed while the timeframes agreed so much with them.")] int Cases,
    int Decided,
    [property: Description("Whether there are 30 decided trades or more.")] bool IsEnough,
    [property: Description("How often their target came before the stop, as a fraction; null under 30.")] double? HitRate,
    double? HitRateLow,
    double? HitRateHigh,
    [property: Description("What patterns of the same kinds, timeframes and directions do whatever the agreement, as a fraction.")] double? BaseRate,
    [property: Description("Hit rate over base rate: 1 means that agreement added nothing.")] double? Lift,
    [property: Description("Mean result after costs, in multiples of the risk.")] double? ExpectancyR,
    double? ExpectancyRLow,
    double? ExpectancyRHigh,
    DateTimeOffset From,
    DateTimeOffset Until);
