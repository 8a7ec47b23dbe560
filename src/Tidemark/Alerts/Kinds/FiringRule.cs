using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Kinds;

/// <summary>
/// How often and when an alert may tell. Rests end with a minute and bars are minutes long, so that ticks and the candles made of them
/// come to the same result.
/// </summary>
public sealed record FiringRule(Repeat Repeat, Timeframe Bar, int CooldownMinutes)
{
    const long Minute = 60_000;

    /// <summary>Never again.</summary>
    public const long Never = long.MaxValue;

    /// <summary>In UTC milliseconds; null where it does not expire.</summary>
    public long? ExpiresAt { get; init; }
    public ActiveHours? Hours { get; init; }

    /// <summary>From when on it may tell again after it told in a bar at a moment (UTC milliseconds).</summary>
    public long RestsUntil(long at, long bar) => Repeat switch
    {
        Repeat.Once => Never,
        Repeat.OncePerBar => Bar.CloseOf(Bar.BucketOf(bar)),
        _ => Ceiling(at) + (CooldownMinutes * Minute),
    };

    public bool IsOver(long at) => ExpiresAt <= at;

    static long Ceiling(long at) => at % Minute == 0 ? at : at - (at % Minute) + Minute;
}
