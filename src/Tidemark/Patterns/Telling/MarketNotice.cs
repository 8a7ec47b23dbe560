using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Notifications;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Telling;

/// <summary>News of the market that people may ask to be told of, in the words of a template. The id is its place in its table.</summary>
public sealed record MarketNotice(long Id, Symbol Symbol, Direction Direction, int? Confluence, DateTimeOffset KnownAt, string Template, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Names what happened: `signal:4711`.</summary>
    public required string Cause { get; init; }
    public required string Link { get; init; }

    /// <summary>Whether somebody's plan shows it.</summary>
    public required Func<PatternSight, bool> IsSeen { get; init; }
}

/// <summary>A module whose news people are told of: its table, followed as it grows.</summary>
public interface INoticeSource
{
    NotificationKind Kind { get; }

    /// <summary>Whether only those are told who chose the kind by name: there is much of it.</summary>
    bool OnlyByName { get; }

    /// <summary>What a reader's plan must include when it is sent.</summary>
    Entitlement? Needs { get; }

    TableTail Follow();

    /// <summary>The column that says when a row was added.</summary>
    string AddedAt { get; }

    /// <summary>What stands in (after, until] and became known since a moment, by rising id; so many at most, the first of them.</summary>
    Task<IReadOnlyList<MarketNotice>> Recorded(MarketSource source, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop);
}
