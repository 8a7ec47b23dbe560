using System.Globalization;

namespace Tidemark.Quant.Series;

/// <summary>Moments as candle files write them.</summary>
static class CandleTime
{
    // Above it a double no longer tells every whole number.
    const double LargestExact = 1L << 53;

    static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:sszzz",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFF", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFZ", "yyyy-MM-ddTHH:mm:sszzz",
    ];

    /// <summary>Reads UTC milliseconds, or a date as in 2026-01-31 or 2026-01-31 14:30, in UTC where it names no offset.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time))
        {
            return true;
        }

        var isDate = DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        time = isDate ? moment.ToUnixTimeMilliseconds() : 0;
        return isDate;
    }

    /// <summary>Reads UTC milliseconds written as a number with decimals of 0, as in 1640991600000.0.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<char> text, out long time)
    {
        var isWhole = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInteger(number) && Math.Abs(number) < LargestExact;
        time = isWhole ? (long)number : 0;
        return isWhole;
    }
}
