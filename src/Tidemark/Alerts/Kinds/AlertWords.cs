using System.Text.Json.Serialization;

namespace Tidemark.Alerts.Kinds;

/// <summary>What an alert waits for.</summary>
public enum AlertCondition
{
    [JsonStringEnumMemberName("PRICE_ABOVE")]
    PriceAbove,
    [JsonStringEnumMemberName("PRICE_BELOW")]
    PriceBelow,
    [JsonStringEnumMemberName("PRICE_CROSSES_ABOVE")]
    PriceCrossesAbove,
    [JsonStringEnumMemberName("PRICE_CROSSES_BELOW")]
    PriceCrossesBelow,
    [JsonStringEnumMemberName("PRICE_CROSSES")]
    PriceCrosses,
    [JsonStringEnumMemberName("PERCENT_UP")]
    PercentUp,
    [JsonStringEnumMemberName("PERCENT_DOWN")]
    PercentDown,
    [JsonStringEnumMemberName("PERCENT_MOVE")]
    PercentMove,
    [JsonStringEnumMemberName("VOLUME_SPIKE")]
    VolumeSpike,
    [JsonStringEnumMemberName("INDICATOR_ABOVE")]
    IndicatorAbove,
    [JsonStringEnumMemberName("INDICATOR_BELOW")]
    IndicatorBelow,
    [JsonStringEnumMemberName("INDICATOR_CROSSES_ABOVE")]
    IndicatorCrossesAbove,
    [JsonStringEnumMemberName("INDICATOR_CROSSES_BELOW")]
    IndicatorCrossesBelow,
    [JsonStringEnumMemberName("FORMULA")]
    Formula,
    [JsonStringEnumMemberName("PATTERN")]
    Pattern,
    [JsonStringEnumMemberName("SIGNAL")]
    Signal,
}

/// <summary>Where an alert stands.</summary>
public enum AlertStatus
{
    [JsonStringEnumMemberName("ACTIVE")]
    Active,

    /// <summary>It was to tell once, and has.</summary>
    [JsonStringEnumMemberName("TRIGGERED")]
    Triggered,
    [JsonStringEnumMemberName("PAUSED")]
    Paused,
    [JsonStringEnumMemberName("EXPIRED")]
    Expired,
}

/// <summary>How often an alert tells.</summary>
public enum Repeat
{
    [JsonStringEnumMemberName("ONCE")]
    Once,

    /// <summary>At most once in each candle of its timeframe, as long as the condition holds.</summary>
    [JsonStringEnumMemberName("ONCE_PER_BAR")]
    OncePerBar,

    /// <summary>Each time the condition becomes true, with a pause between.</summary>
    [JsonStringEnumMemberName("EVERY_TIME")]
    EveryTime,
}

/// <summary>Which way a pattern or signal points.</summary>
public enum AlertDirection
{
    [JsonStringEnumMemberName("BULLISH")]
    Bullish,
    [JsonStringEnumMemberName("BEARISH")]
    Bearish,
}

/// <summary>What the final candles say of a trigger afterwards.</summary>
public enum Verdict
{
    [JsonStringEnumMemberName("RIGHT")]
    Right,

    /// <summary>The condition is not true in the final data at the stated time: a false alert.</summary>
    [JsonStringEnumMemberName("WRONG")]
    Wrong,

    /// <summary>The candles that would tell are not there.</summary>
    [JsonStringEnumMemberName("UNKNOWN")]
    Unknown,
}

/// <summary>The words of the API and the tables.</summary>
public static class AlertWords
{
    public static string Word(this AlertCondition condition) => Snake(condition.ToString());
    public static string Word(this AlertStatus status) => status.ToString().ToUpperInvariant();
    public static string Word(this Repeat repeat) => Snake(repeat.ToString());
    public static string Word(this AlertDirection direction) => direction.ToString().ToUpperInvariant();
    public static string Word(this Verdict verdict) => verdict.ToString().ToUpperInvariant();

    public static T Parse<T>(string word)
        where T : struct, Enum =>
        Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    static string Snake(string name) => Platform.Database.TidemarkDb.SnakeCase(name).ToUpperInvariant();
}
