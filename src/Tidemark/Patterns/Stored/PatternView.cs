using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Patterns.Statistics;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Stored;

/// <summary>A range of prices in the quote currency.</summary>
public sealed record ZoneView(double Bottom, double Top);

/// <summary>How a pattern could be traded: arithmetic on the pattern, not advice.</summary>
public sealed record PlanView(
    [property: Description("Price of entry, in the quote currency.")] double Entry,
    [property: Description("Price at which the idea is wrong.")] double Stop,
    [property: Description("Prices to take profit at, nearest first.")] IReadOnlyList<double> Targets,
    [property: Description("What is lost at the stop, in percent of the entry.")] double RiskPercent,
    [property: Description("Whether it is entered at the close that confirmed the pattern; otherwise price is waited for.")] bool EntersAtOnce);

/// <summary>A pattern as it was confirmed, and what has become of it.</summary>
public sealed record PatternView(
    long Id,
    string Symbol,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live: from an exchange as it happened; recorded: imported from files; synthetic: made by the simulator.")] Provenance Provenance,
    [property: Description("Length of its candles: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d.")] string Timeframe,
    PatternKind Kind,
    [property: Description("The short word of the kind: FVG, OB, SWEEP, BREAKER or MITIGATION.")] string Code,
    [property: Description("Which way it points: bullish or bearish.")] Direction Direction,
    [property: Description("Its prices, in the quote currency.")] ZoneView Zone,
    [property: Description("The body of a block's candle, where entries are sought; null of other kinds.")] ZoneView? Body,
    [property: Description("The outermost level that a sweep took; null of other kinds.")] double? SweptLevel,
    [property: Description("How many levels a sweep took.")] int LevelsSwept,
    [property: Description("What a breaker or mitigation block was before it failed: orderBlock or candidate; null of other kinds.")] string? Origin,
    [property: Description("Name of the rule it was found by.")] string Rule,
    [property: Description("The rule's parameters, as name=value.")] string Parameters,
    [property: Description("Open time of the candle it hangs on: a gap's middle, a block's candle, the pivot of a swept level. UTC.")] DateTimeOffset FormedAt,
    [property: Description("Open time of the earliest candle it rests on, UTC.")] DateTimeOffset FirstAt,
    [property: Description("Open time of the candle whose close confirmed it, UTC.")] DateTimeOffset ConfirmedAt,
    [property: Description("When that candle closed: nobody could know it earlier. UTC.")] DateTimeOffset KnownAt,
    [property: Description("When it was written down here, UTC.")] DateTimeOffset RecordedAt,
    [property: Description("A candle that closes after this ends it, UTC.")] DateTimeOffset ExpiresAt,
    [property: Description("From 0 to 100, at confirmation; it never changes.")] double Strength,
    PatternStatus Status,
    [property: Description("Close of the first candle that reached its near edge, UTC; null where none has.")] DateTimeOffset? TouchedAt,
    [property: Description("Close of the candle by which the whole zone was traded through, UTC; null where none has.")] DateTimeOffset? FilledAt,
    [property: Description("How much of the zone price has traded through, 0 to 100; it never falls.")] double FillPercent,
    [property: Description("Close of the candle that ended it, UTC; null while it is active.")] DateTimeOffset? EndedAt,
    [property: Description("Why it ended, for people; null while it is active.")] string? EndReason,
    PlanView? Plan,
    [property: Description("How earlier ones of its kind, timeframe and direction went; null before that is computed.")] Reliability? Record);
