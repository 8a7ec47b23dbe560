using System.Globalization;

namespace Tidemark.Quant.Series;

/// <summary>The length of a candle, a whole number of minutes; buckets are counted from 1970 in UTC.</summary>
public readonly record struct Timeframe : IComparable<Timeframe>
{
    const int MinutesAnHour = 60;
    const int MinutesADay = 1_440;
    const long MillisecondsAMinute = 60_000;

    Timeframe(int minutes) => Minutes = minutes;

    /// <summary>One minute.</summary>
    public static Timeframe M1 => new(1);

    /// <summary>Five minutes.</summary>
    public static Timeframe M5 => new(5);

    /// <summary>Fifteen minutes.</summary>
    public static Timeframe M15 => new(15);

    /// <summary>Thirty minutes.</summary>
    public static Timeframe M30 => new(30);

    /// <summary>One hour.</summary>
    public static Timeframe H1 => new(MinutesAnHour);

    /// <summary>Two hours.</summary>
    public static Timeframe H2 => new(2 * MinutesAnHour);

    /// <summary>Four hours.</summary>
    public static Timeframe H4 => new(4 * MinutesAnHour);

    /// <summary>One day, from midnight UTC.</summary>
    public static Timeframe D1 => new(MinutesADay);

    /// <summary>The eight timeframes that are stored, shortest first.</summary>
    public static IReadOnlyList<Timeframe> Standard { get; } = [M1, M5, M15, M30, H1, H2, H4, D1];

    /// <summary>Length in minutes.</summary>
    public int Minutes { get; }

    /// <summary>Length in milliseconds.</summary>
    public long Milliseconds => Minutes * MillisecondsAMinute;

    /// <summary>A timeframe of a positive number of minutes.</summary>
    public static Timeframe OfMinutes(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        return new Timeframe(minutes);
    }

    /// <summary>Reads "1m", "90m", "4h", "1d" and the like; throws where the text is no timeframe.</summary>
    public static Timeframe Parse(string text) =>
        TryParse(text, out var timeframe) ? timeframe : throw new FormatException($"\"{text}\" is no timeframe; expected a number and m, h or d, as in 15m, 4h, 1d");

    /// <summary>Reads "1m", "90m", "4h", "1d" and the like; false where the text is no timeframe.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text.Length < 2)
        {
            return false;
        }

        var minutesAUnit = text[^1] switch
        {
            'm' => 1,
            'h' => MinutesAnHour,
            'd' => MinutesADay,
            _ => 0,
        };
        if (minutesAUnit == 0
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var units)
            || units < 1
            || units > int.MaxValue / minutesAUnit)
        {
            return false;
        }

        timeframe = new Timeframe(units * minutesAUnit);
        return true;
    }

    /// <summary>The open time, in UTC milliseconds, of the bucket that holds a moment.</summary>
    public long BucketOf(long time)
    {
        var remainder = time % Milliseconds;
        return remainder < 0 ? time - remainder - Milliseconds : time - remainder;
    }

    /// <summary>The close time, in UTC milliseconds, of the candle that opens at a moment.</summary>
    public long CloseOf(long openTime) => openTime + Milliseconds;

    /// <summary>The moment at which the bucket that holds a moment opens.</summary>
    public DateTimeOffset Floor(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(BucketOf(time.ToUnixTimeMilliseconds()));

    /// <summary>Whether this timeframe's buckets are made of whole candles of a shorter one.</summary>
    public bool IsMultipleOf(Timeframe shorter) => Minutes % shorter.Minutes == 0;

    /// <summary>Shorter timeframes come first.</summary>
    public int CompareTo(Timeframe other) => Minutes.CompareTo(other.Minutes);

    /// <summary>Whether the left timeframe is shorter.</summary>
    public static bool operator <(Timeframe left, Timeframe right) => left.Minutes < right.Minutes;

    /// <summary>Whether the left timeframe is longer.</summary>
    public static bool operator >(Timeframe left, Timeframe right) => left.Minutes > right.Minutes;

    /// <summary>Whether the left timeframe is shorter or as long.</summary>
    public static bool operator <=(Timeframe left, Timeframe right) => left.Minutes <= right.Minutes;

    /// <summary>Whether the left timeframe is longer or as long.</summary>
    public static bool operator >=(Timeframe left, Timeframe right) => left.Minutes >= right.Minutes;

    /// <summary>The shortest text that parses back: "1m", "90m", "4h", "1d".</summary>
    public override string ToString()
    {
        if (Minutes % MinutesADay == 0)
        {
            return $"{Minutes / MinutesADay}d";
        }

        return Minutes % MinutesAnHour == 0 ? $"{Minutes / MinutesAnHour}h" : $"{Minutes}m";
    }
}
