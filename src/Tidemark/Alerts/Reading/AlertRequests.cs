using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tidemark.Alerts.Kinds;
using Tidemark.Notifications.Channels;

namespace Tidemark.Alerts.Reading;

/// <summary>An indicator an alert compares, and with what.</summary>
public sealed record AlertMetadata(
    [property: Description("An indicator with its settings, as RSI, RSI(14) or MACD(12, 26, 9).histogram."), MaxLength(200)] string? Indicator = null,
    [property: Description("What it is compared with. With a price condition both are kept and shown, and not judged.")] decimal? Value = null);

/// <summary>An alert as its owner wants it.</summary>
public sealed record NewAlert(
    [property: Description("Symbol in any spelling, as BTC-USD or BTC/USDT."), Required, StringLength(64, MinimumLength = 3)] string Symbol,
    AlertCondition Condition,
    [property: Description("Your own id, or nothing: identity comes from the credential.")] long? UserId = null,
    [property: Description("Price; percent; multiple of the usual volume; or the indicator's value.")] decimal? Threshold = null,
    [property: Description("Channels for this alert alone; none: as set in your profile."), MaxLength(8)] IReadOnlyList<ChannelKind>? Channels = null,
    AlertMetadata? Metadata = null,
    [property: Description("1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d. The candles that are judged; with a price, those ONCE_PER_BAR counts by. Patterns and signals: of every timeframe where it is not given."), MaxLength(4)] string? Timeframe = null,
    [property: Description("FORMULA: a condition of the formula language."), MaxLength(4_000)] string? Formula = null,
    [property: Description("FORMULA, INDICATOR_ and VOLUME_SPIKE: judged each minute on the candle as it stands, not only when it has closed.")] bool Intrabar = false,
    [property: Description("PERCENT_: over how many minutes, 1 to 20160 (14 days); above 4320 a multiple of 5."), Range(1, 20_160)] int? WindowMinutes = null,
    [property: Description("VOLUME_SPIKE: candles whose mean is the usual volume, 2 to 1000; 20 where not given."), Range(2, 1_000)] int? Period = null,
    [property: Description("PATTERN: FVG, OB, SWEEP, BREAKER or MITIGATION; every kind where not given."), MaxLength(20)] string? PatternKind = null,
    [property: Description("PATTERN, SIGNAL: only this way.")] AlertDirection? Direction = null,
    [property: Description("SIGNAL: weak, moderate, strong or veryStrong at least; every one where not given."), MaxLength(20)] string? SignalClass = null,
    Repeat Repeat = Repeat.Once,
    [property: Description("EVERY_TIME: minutes of rest after it told, 0 to 43200; 15 where not given. A rest ends with a minute."), Range(0, 43_200)] int? CooldownMinutes = null,
    [property: Description("When it ends by itself, UTC.")] DateTimeOffset? ExpiresAt = null,
    [property: Description("When its active hours begin, by the time zone of your profile, like 08:00."), MaxLength(5)] string? ActiveFrom = null,
    [property: Description("When they end; they may span midnight."), MaxLength(5)] string? ActiveUntil = null,
    [property: Description("Your own words, told with it."), MaxLength(500)] string? Note = null)
{
    internal static NewAlert Example { get; } = new(
        "BTC-USD", AlertCondition.PriceAbove, Threshold: 50_000, Channels: [ChannelKind.Email, ChannelKind.Discord], Metadata: new AlertMetadata("RSI", 70), Note: "Take some profit.");
}
