using Tidemark.Alerts.Judging;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Engine;

/// <summary>Something the judges hand to the writer, in the order it happened.</summary>
abstract record EngineItem;

/// <summary>That an alert's condition became true, not written yet.</summary>
sealed record PendingTrigger(WatchedAlert Alert, string Occasion, MarketSource Source, string Description) : EngineItem
{
    public required double Price { get; init; }
    public double? Value { get; init; }
    public required Timeframe Timeframe { get; init; }
    public required DateTimeOffset Bar { get; init; }
    public required bool IsLate { get; init; }
    public required DateTimeOffset ExchangeAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset EvaluatedAt { get; init; }

    /// <summary>Which way a pattern or signal points.</summary>
    public Direction? Direction { get; init; }

    /// <summary>How many timeframes point the same way.</summary>
    public int? Confluence { get; init; }
}

/// <summary>Everything of a series that closed before a moment was judged, and what was found is on its way ahead of this.</summary>
sealed record ProgressMark(SeriesKey Series, SeriesId Id, DateTimeOffset Until, double? Close, string? Waits) : EngineItem;

/// <summary>An alert told, and it is committed; for the modules above.</summary>
public sealed record AlertTriggered(long TriggerId, long AlertId, long UserId, string Symbol, DateTimeOffset ExchangeAt);
