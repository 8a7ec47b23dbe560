using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>How long patterns stay of interest, by timeframe.</summary>
public static class PatternExpiry
{
    const long MillisecondsAnHour = 3_600_000;

    static readonly int[] Hours = [4, 12, 24, 48, 72, 120, 168, 336];

    /// <summary>Hours after confirmation; a timeframe that is not stored lives as long as the longest stored one not above it.</summary>
    public static int HoursOf(Timeframe timeframe)
    {
        var rung = Timeframe.Standard.Count - 1;
        while (rung > 0 && Timeframe.Standard[rung] > timeframe)
        {
            rung--;
        }

        return Hours[rung];
    }

    /// <summary>The last moment of a pattern known at a moment, both in UTC milliseconds; calm markets stretch it and wild ones shorten it by a factor.</summary>
    public static long EndOf(long knownAt, Timeframe timeframe, double factor = 1) =>
        knownAt + (long)Math.Round(HoursOf(timeframe) * MillisecondsAnHour * factor);
}
