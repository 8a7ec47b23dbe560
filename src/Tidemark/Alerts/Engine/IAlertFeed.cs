using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;

namespace Tidemark.Alerts.Engine;

/// <summary>A pattern or signal that alerts may wait for. The occasion names it for good: `pattern:4711`.</summary>
public sealed record MarketNews(string Occasion, SeriesKey Series, AlertDirection Direction, DateTimeOffset KnownAt, DateTimeOffset RecordedAt, double Price, string Text)
{
    public PatternKind? Pattern { get; init; }

    /// <summary>How strong a signal is; null where it has no class.</summary>
    public int? Class { get; init; }

    /// <summary>Its place in the table.</summary>
    public required long Id { get; init; }

    /// <summary>How many timeframes point the same way; null where nobody counted.</summary>
    public int? Confluence { get; init; }
}

/// <summary>A module that alerts can wait for news of: its stored news, read in ranges.</summary>
public interface IAlertFeed
{
    JudgedOn Of { get; }

    /// <summary>What of some symbols became known in [from, until), oldest first; so many at most, the newest of them.</summary>
    Task<IReadOnlyList<MarketNews>> Known(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken stop);

    /// <summary>What stands in (after, until] of its table and became known since a moment, by rising id; so many at most, the first of them.</summary>
    Task<IReadOnlyList<MarketNews>> Recorded(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop);

    /// <summary>Its table, to be followed.</summary>
    TableTail Follow();

    /// <summary>The column that says when a row was added.</summary>
    string AddedAt { get; }
}
