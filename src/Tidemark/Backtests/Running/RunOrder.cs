using System.Text.Json.Serialization;
using Tidemark.Backtests.Strategies;
using Tidemark.Market;
using Tidemark.Quant.Backtesting;

namespace Tidemark.Backtests.Running;

public enum RunKind
{
    Run,
    Optimisation,
    WalkForward,
}

public enum RunStatus
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>The settings that vary in a search, and how it goes about it.</summary>
public sealed record SearchOrder(SearchKind Search, IReadOnlyList<SearchOrder.Varied> Grid, int? Draws, int Seed, SearchMeasure Measure, int MinimumTrades)
{
    public sealed record Varied(string Name, IReadOnlyList<double> Values);
}

/// <summary>How a walk-forward test cuts its period.</summary>
public sealed record WindowOrder(int Windows, double TrainShare, bool Anchored);

/// <summary>All that a run is: nothing of it changes by itself, so that it can be begun anew.</summary>
public sealed record RunOrder
{
    public required RunKind Kind { get; init; }
    public required ChosenStrategy Strategy { get; init; }

    /// <summary>What the caller called the strategy.</summary>
    public required string AskedStrategy { get; init; }
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }
    public required IReadOnlyList<string> Symbols { get; init; }
    public required IReadOnlyList<string> Asked { get; init; }
    public required bool QuoteSubstituted { get; init; }
    public required string Source { get; init; }
    public required Provenance Provenance { get; init; }
    public required string Timeframe { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required double InitialCapital { get; init; }
    public required RunSettings Settings { get; init; }
    public required bool WalkForward { get; init; }

    /// <summary>The exchange's steps and least sizes of each symbol when it was ordered; those of the settings where there are none.</summary>
    public IReadOnlyDictionary<string, MarketRules> Rules { get; init; } = new Dictionary<string, MarketRules>();
    public SearchOrder? Search { get; init; }

    /// <summary>Whether its walk forward chooses among neighbours of the settings that were given, for want of a search of the user's own.</summary>
    [JsonIgnore]
    public bool AreNeighboursTried => WalkForward && Search is null;
    public WindowOrder? Windows { get; init; }
}
