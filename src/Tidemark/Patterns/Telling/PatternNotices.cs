using System.Globalization;
using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Notifications;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Database;

namespace Tidemark.Patterns.Telling;

/// <summary>Confirmed patterns, for those who chose them by name: every symbol brings some at nearly every close.</summary>
sealed class PatternNotices(PatternTable patterns) : INoticeSource
{
    public NotificationKind Kind => NotificationKind.Pattern;
    public bool OnlyByName => true;
    public Entitlement? Needs => null;
    public string AddedAt => "recorded_at";

    public TableTail Follow() => patterns.Follow();

    public async Task<IReadOnlyList<MarketNotice>> Recorded(MarketSource source, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop) =>
        [.. (await patterns.Recorded(source, null, knownSince, after, until, most, stop)).Select(static one => Notice(one.Pattern, one.Agreeing))];

    static MarketNotice Notice(StoredPattern pattern, int agreeing) => new(
        pattern.Id, pattern.Series.Symbol, pattern.Direction, agreeing, pattern.KnownAt, NoticeMessages.Pattern,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["symbol"] = pattern.Series.Symbol.ToString(),
            ["direction"] = pattern.Direction.Word(),
            ["kind"] = pattern.Kind.Code(),
            ["timeframe"] = pattern.Series.Timeframe.ToString(),
            ["bottom"] = pattern.Zone.Bottom.ToString("0.########", CultureInfo.InvariantCulture),
            ["top"] = pattern.Zone.Top.ToString("0.########", CultureInfo.InvariantCulture),
            ["time"] = pattern.KnownAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ["source"] = pattern.Series.Source.Named,
            ["agreeing"] = agreeing.ToString(CultureInfo.InvariantCulture),
        })
    {
        Cause = string.Create(CultureInfo.InvariantCulture, $"pattern:{pattern.Id}"),
        Link = "/patterns",
        IsSeen = sight => sight.Sees(pattern.Series.Symbol) && sight.Sees(pattern.Kind),
    };
}
