using System.Globalization;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Engine;

/// <summary>Detected patterns as news.</summary>
public sealed class PatternFeed(PatternTable patterns) : IAlertFeed
{
    public JudgedOn Of => JudgedOn.Patterns;

    public async Task<IReadOnlyList<MarketNews>> Known(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken stop) =>
        [.. (await patterns.Newest(new PatternFilter { Source = source, Symbols = symbols, From = from, To = until }, null, most, stop)).Reverse().Select(News)];

    public async Task<IReadOnlyList<MarketNews>> Recorded(MarketSource source, IReadOnlyCollection<Symbol> symbols, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop) =>
        [.. (await patterns.Recorded(source, symbols, knownSince, after, until, most, stop)).Select(static one => News(one.Pattern) with { Confluence = one.Agreeing })];

    public TableTail Follow() => patterns.Follow();

    public string AddedAt => "recorded_at";

    static MarketNews News(StoredPattern pattern) => new(
        string.Create(CultureInfo.InvariantCulture, $"pattern:{pattern.Id}"), pattern.Series,
        pattern.Direction == Quant.Patterns.Direction.Bullish ? AlertDirection.Bullish : AlertDirection.Bearish,
        pattern.KnownAt, pattern.RecordedAt, pattern.ConfirmingClose,
        string.Create(CultureInfo.InvariantCulture, $"{pattern.Series.Symbol}: {pattern.Direction.Word()} {pattern.Kind.Code()} on {pattern.Series.Timeframe}, {pattern.Zone.Bottom:0.########} to {pattern.Zone.Top:0.########}"))
    {
        Id = pattern.Id,
        Pattern = pattern.Kind,
    };
}
