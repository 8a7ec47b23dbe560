namespace Tidemark.Simulator.Markets;

/// <summary>A kline interval of the exchange; names tell case apart (`1m` is a minute, `1M` a month).</summary>
public sealed class Interval
{
    const long Second = 1_000;
    const long Minute = 60 * Second;
    const long Hour = 60 * Minute;
    const long Day = 24 * Hour;

    // Weeks begin on Monday, and 1970 began on a Thursday.
    const long WeekShift = 4 * Day;

    Interval(string name, long length, long shift = 0) => (Name, Length, Shift) = (name, length, shift);

    public static IReadOnlyList<Interval> All { get; } =
    [
        new("1s", Second),
        new("1m", Minute), new("3m", 3 * Minute), new("5m", 5 * Minute), new("15m", 15 * Minute), new("30m", 30 * Minute),
        new("1h", Hour), new("2h", 2 * Hour), new("4h", 4 * Hour), new("6h", 6 * Hour), new("8h", 8 * Hour), new("12h", 12 * Hour),
        new("1d", Day), new("3d", 3 * Day), new("1w", 7 * Day, WeekShift),
        new("1M", 0),
    ];

    public static Interval OneMinute => All[1];

    public string Name { get; }

    /// <summary>Milliseconds; zero for a month.</summary>
    public long Length { get; }

    long Shift { get; }

    /// <summary>How often a stream tells of the bar in the making, in milliseconds.</summary>
    public long Pace => Length == Second ? Second : 2 * Second;

    public static Interval? Find(string name) => All.FirstOrDefault(interval => string.Equals(interval.Name, name, StringComparison.Ordinal));

    /// <summary>The open time of the bar that holds a moment, in a time zone given as its distance from UTC in milliseconds.</summary>
    public long OpenOf(long time, long zone = 0)
    {
        var local = time + zone;
        if (Length == 0)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(local);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - zone;
        }

        var since = local - Shift;
        return since - Modulo(since, Length) + Shift - zone;
    }

    /// <summary>The open time of the bar after the one that opens at a moment.</summary>
    public long Next(long openTime, long zone = 0) =>
        Length > 0 ? openTime + Length : DateTimeOffset.FromUnixTimeMilliseconds(openTime + zone).AddMonths(1).ToUnixTimeMilliseconds() - zone;

    /// <summary>The open time of the bar a number of bars earlier.</summary>
    public long Back(long openTime, int bars, long zone = 0) =>
        Length > 0 ? openTime - (bars * Length) : DateTimeOffset.FromUnixTimeMilliseconds(openTime + zone).AddMonths(-bars).ToUnixTimeMilliseconds() - zone;

    static long Modulo(long value, long length) => ((value % length) + length) % length;
}
