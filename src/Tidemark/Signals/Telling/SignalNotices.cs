using System.Globalization;
using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Notifications;
using Tidemark.Notifications.Templates;
using Tidemark.Patterns.Stored;
using Tidemark.Patterns.Telling;
using Tidemark.Platform.Database;
using Tidemark.Signals.Issuing;
using Tidemark.Signals.Reading;

namespace Tidemark.Signals.Telling;

/// <summary>Signals as they are issued, for everybody who left signals on a channel.</summary>
sealed class SignalNotices(SignalReader signals) : INoticeSource
{
    const string Issued = "signalIssued";

    public static IReadOnlyList<MessageTemplate> Messages { get; } =
    [
        new(Issued, new("{{symbol}}: {{direction}} signal on {{timeframe}}{{class}}", "Entry {{entry}}, stop {{stop}}, targets {{targets}}. Known {{time}} UTC, {{source}}. {{rule}}."))
        {
            German = new("{{symbol}}: {{direction}} Signal auf {{timeframe}}{{class}}", "Einstieg {{entry}}, Stopp {{stop}}, Ziele {{targets}}. Bekannt {{time}} UTC, {{source}}. {{rule}}."),
        },
    ];

    public NotificationKind Kind => NotificationKind.Signal;
    public bool OnlyByName => false;
    public Entitlement? Needs => Entitlements.Signals;
    public string AddedAt => "issued_at";

    public TableTail Follow() => signals.Follow();

    /// <summary>One that was found too late to act on is not told, and is left out here like anything else that is not wanted.</summary>
    public async Task<IReadOnlyList<MarketNotice>> Recorded(MarketSource source, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop) =>
        [.. (await signals.Recorded(source, null, knownSince, after, until, most, stop)).Select(Notice)];

    static MarketNotice Notice(StoredSignal signal)
    {
        var terms = signal.Terms;
        return new MarketNotice(signal.Id, signal.Of.Symbol, terms.Direction, terms.Agreeing, CandleTable.TimeOf(terms.KnownAt), Issued, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["symbol"] = signal.Of.Symbol.ToString(),
            ["direction"] = terms.Direction.Word(),
            ["timeframe"] = terms.Timeframe.ToString(),
            ["class"] = terms.Class is { } grade ? $", {StoredSignal.Word(grade)}" : "",
            ["entry"] = Price(terms.Entry),
            ["stop"] = Price(terms.Stop),
            ["targets"] = string.Join(", ", terms.Targets.Select(Price)),
            ["time"] = CandleTable.TimeOf(terms.KnownAt).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ["source"] = signal.Of.Source.Named,
            ["rule"] = terms.Rule,
        })
        {
            Cause = string.Create(CultureInfo.InvariantCulture, $"signal:{signal.Id}"),
            Link = string.Create(CultureInfo.InvariantCulture, $"/signals/{signal.Id}"),
            IsSeen = sight => !signal.IsRetrospective && sight.SeesSignals && sight.Sees(signal.Of.Symbol),
        };
    }

    static string Price(double price) => price.ToString("0.########", CultureInfo.InvariantCulture);
}
