using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tidemark.Backtests.Running;

/// <summary>A backtest as callers ask for it; several fields have two names, as the documents have them.</summary>
public record RunRequest
{
    [Description("A built-in strategy by name or title, as RSI Mean Reversion, or one of your own by title or as own:12."), MaxLength(120)]
    public string? StrategyName { get; init; }

    [Description("The same as strategyName."), MaxLength(120)]
    public string? Strategy { get; init; }

    [Description("Number of a strategy of your own.")]
    public long? StrategyId { get; init; }

    [Description("Which version of it; unset, the newest.")]
    public int? StrategyVersion { get; init; }

    [Description("Symbol in any spelling."), MaxLength(64)]
    public string? Symbol { get; init; }

    [Description("Several symbols on one account, 10 at most."), MaxLength(10)]
    public IReadOnlyList<string>? Symbols { get; init; }

    [Description("Length of a bar: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d; unset, 1h."), MaxLength(8)]
    public string? Timeframe { get; init; }

    [Description("The same as timeframe."), MaxLength(8)]
    public string? Interval { get; init; }

    [Description("How far back from the newest candle: 48h, 90d, 12w, 6m (months), 1y, max; unset, 1y."), MaxLength(8)]
    public string? Period { get; init; }

    [Description("First open time to be traded, UTC; instead of period.")]
    public DateTimeOffset? From { get; init; }

    [Description("Open time that all bars are before, UTC; unset, now.")]
    public DateTimeOffset? To { get; init; }

    [Description("The same as from.")]
    public DateTimeOffset? StartDate { get; init; }

    [Description("The same as to.")]
    public DateTimeOffset? EndDate { get; init; }

    [Description("The strategy's settings by name, each in its own unit; what is left out is at its default.")]
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    [Description("Money at the start, in the quote currency; unset, 10000."), Range(1, 1e12)]
    public double? InitialCapital { get; init; }

    [Description("The same as initialCapital."), Range(1, 1e12)]
    public double? InitialCash { get; init; }

    public RunSettings? Settings { get; init; }

    [Description("Name of the source; unset, the one in use."), MaxLength(40)]
    public string? Source { get; init; }

    [Description("Whether the out-of-sample record chooses among the settings and their neighbours, again and again, on the past alone; unset, yes. Otherwise the settings as given are tried there. A search is always what is chosen among.")]
    public bool? WalkForward { get; init; }

    [Description("Whether to answer at once and let the run go on.")]
    public bool? Async { get; init; }

    [MaxLength(200)]
    public string? Title { get; init; }

    [MaxLength(10_000)]
    public string? Note { get; init; }
}

public enum SearchKind
{
    Grid,
    Random,
}

/// <summary>What trials are ranked by; more is better.</summary>
public enum SearchMeasure
{
    SharpeRatio,
    SortinoRatio,
    TotalReturn,

    /// <summary>Growth over the deepest drawdown.</summary>
    ReturnOverDrawdown,

    /// <summary>Gains of winning days over losses of losing ones.</summary>
    GainOverLoss,
}

/// <summary>The values of a setting that are tried: from one to another in steps, or each by itself.</summary>
public sealed record GridRange(
    [property: Description("In the setting's own unit, as all of these.")] double? From = null,
    double? To = null,
    double? Step = null,
    [property: MaxLength(OrderDesk.MostValues)] IReadOnlyList<double>? Values = null);

/// <summary>A search for settings as callers ask for it.</summary>
public record OptimiseRequest : RunRequest
{
    [Description("grid: every combination; random: some, drawn.")]
    public SearchKind? Search { get; init; }

    [Description("The settings that vary, by name; unset, all of them around their defaults.")]
    public IReadOnlyDictionary<string, GridRange>? Grid { get; init; }

    [Description("How many to draw at random, a count; unset, 200."), Range(2, 20_000)]
    public int? Combinations { get; init; }

    [Description("Names the random draw: the same seed draws the same."), Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    public SearchMeasure? Measure { get; init; }

    [Description("Trials with fewer closed trades get no score, a count; unset, 10."), Range(0, 100_000)]
    public int? MinimumTrades { get; init; }
}

/// <summary>A walk-forward test as callers ask for it.</summary>
public sealed record WalkForwardRequest : OptimiseRequest
{
    [Description("How many stretches are traded out-of-sample, a count; unset, 6."), Range(2, 50)]
    public int? Windows { get; init; }

    [Description("Share of a window that is trained on, a fraction; unset, 0.75."), Range(0.1, 0.95)]
    public double? TrainShare { get; init; }

    [Description("Whether every window trains from the very beginning.")]
    public bool? Anchored { get; init; }
}
