using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Statistics;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>What happened to a pattern.</summary>
public enum PatternChange
{
    /// <summary>It became known.</summary>
    Confirmed,

    /// <summary>Price reached it for the first time.</summary>
    Touched,

    /// <summary>Price went deeper into it.</summary>
    Deepened,

    /// <summary>It came to its end.</summary>
    Ended,
}

/// <summary>A pattern changed and is stored so; for the modules above.</summary>
public sealed record PatternChanged(PatternChange Change, StoredPattern Pattern, DateTimeOffset? ReceivedAt);

/// <summary>What an eye stored at once.</summary>
public sealed record EyeNews(EyeKey Key, PatternEye Eye, DateTimeOffset ProcessedUntil, IReadOnlyList<SeenPattern> Changed, DateTimeOffset Now, DateTimeOffset? ReceivedAt);

/// <summary>A change as the channels of patterns tell it.</summary>
public sealed record PatternMessage(
    PatternChange Change,
    PatternView Pattern,
    [property: Description("Whether it is active and an earlier active pattern covers it: lists leave it out.")] bool IsCovered,
    [property: Description("When the candle that made it known was received here, UTC; null where it was fetched.")] DateTimeOffset? ReceivedAt);

/// <summary>
/// Tells browsers and the modules above what eyes stored. History that is caught up with is not told pattern by pattern: nobody waits for it.
/// </summary>
public sealed class PatternHerald(Hub hub, IEventBus bus, MatrixBoard board, ReliabilityBook reliability, EyeRules rules)
{
    public const string Patterns = "patterns", Matrix = "matrix";

    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    static readonly PatternKind[] Gaps = [PatternKind.FairValueGap];

    /// <summary>The channel of a symbol's patterns of one kind.</summary>
    public static string PatternsOf(Symbol symbol, PatternKind kind) => $"{Patterns}:{symbol}:{kind.Code()}";

    /// <summary>The channel of a symbol's row of the matrix; with gaps alone where the plan has no other kinds.</summary>
    public static string MatrixOf(Symbol symbol, bool gapsOnly = false) => gapsOnly ? $"{Matrix}:{symbol}:{PatternKind.FairValueGap.Code()}" : $"{Matrix}:{symbol}";

    public async ValueTask Tell(EyeNews news, CancellationToken stop)
    {
        var open = news.Eye.Open();
        var stored = open.Where(static seen => seen.Row is not null).ToList();
        var (whole, gaps) = (Row(news, stored), Row(news, [.. stored.Where(static seen => Gaps.Contains(seen.Pattern.Kind))]));
        board.Put(news.Key, whole, gaps);
        if (news.Now - news.ProcessedUntil > Fresh)
        {
            return;
        }
        foreach (var seen in news.Changed.Where(seen => seen.Row is not null && news.Now - ChangedAt(seen, news) <= Fresh))
        {
            await TellPattern(seen, news, open, stop);
        }
        await hub.Publish(Matrix, whole, stop);
        await hub.Publish(MatrixOf(news.Key.Symbol), whole, stop);
        await hub.Publish(MatrixOf(news.Key.Symbol, gapsOnly: true), gaps, stop);
    }

    async ValueTask TellPattern(SeenPattern seen, EyeNews news, IReadOnlyList<SeenPattern> open, CancellationToken stop)
    {
        var stored = StoredPattern.Of(news.Key, seen.Row!.Value, seen);
        var change = ChangeOf(seen);
        var message = new PatternMessage(change, stored.View(reliability.Of(stored)), IsCovered(seen, open), news.ReceivedAt);
        await hub.Publish(Patterns, message, stop);
        await hub.Publish(PatternsOf(news.Key.Symbol, stored.Kind), message, stop);
        await bus.Publish(new PatternChanged(change, stored, news.ReceivedAt), stop);
    }

    static bool IsCovered(SeenPattern seen, IReadOnlyList<SeenPattern> open) =>
        seen.Life.Ended is null && open.Any(other => other.Timeframe == seen.Timeframe && other.Pattern.Number < seen.Pattern.Number && OverlapFilter.Hides(other.Pattern, seen.Pattern, seen.Timeframe));

    /// <summary>When what is told of a pattern became known.</summary>
    static DateTimeOffset ChangedAt(SeenPattern seen, EyeNews news) => ChangeOf(seen) switch
    {
        PatternChange.Ended => EyeTable.CloseOf(seen, seen.Life.Ended)!.Value,
        PatternChange.Confirmed => CandleTable.TimeOf(seen.Pattern.KnownAt),
        PatternChange.Touched => EyeTable.CloseOf(seen, seen.Life.Touched)!.Value,
        _ => news.ProcessedUntil,
    };

    MatrixRow Row(EyeNews news, List<SeenPattern> open)
    {
        var cells = open.GroupBy(static seen => seen.Timeframe).ToDictionary(
            static group => group.Key,
            static group => (Latest: group.MaxBy(static seen => (seen.Pattern.KnownAt, seen.Row!.Value.Id))!, Active: group.Count()));
        return MatrixRow.Of(news.Key.Symbol.ToString(), news.ProcessedUntil, rules.Timeframes, Find);

        (StoredPattern Latest, int Active)? Find(Timeframe timeframe) =>
            cells.TryGetValue(timeframe, out var cell) ? (StoredPattern.Of(news.Key, cell.Latest.Row!.Value, cell.Latest), cell.Active) : null;
    }

    static PatternChange ChangeOf(SeenPattern seen) => seen switch
    {
        { Life.Ended: not null } => PatternChange.Ended,
        { Stored: null } => PatternChange.Confirmed,
        { Stored.Touched: null, Life.Touched: not null } => PatternChange.Touched,
        _ => PatternChange.Deepened,
    };
}
