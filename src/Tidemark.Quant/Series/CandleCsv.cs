namespace Tidemark.Quant.Series;

/// <summary>
/// Reads candles from comma-separated text with a header line: a time column (timestamp_ms, timestamp, open_time, time, ts, datetime or date,
/// in UTC milliseconds or as a date), open, high, low, close and volume, in any order and case; other columns are passed over.
/// </summary>
public static class CandleCsv
{
    /// <summary>
    /// All candles of the text, or the first rows of it where a number of rows is given; a bad row is refused with its line number.
    /// Each counts the minutes of its timeframe: the one given, else the spacing of the rows, else one. Forgiving, it takes a missing volume as 0,
    /// times with decimals of 0, and an open or close a rounding outside of high and low.
    /// </summary>
    public static CandleSeries Read(TextReader text, int? rows = null, Timeframe? timeframe = null, bool isForgiving = false)
    {
        var columns = CandleColumns.Of(text.ReadLine(), isForgiving);
        var series = new CandleSeries(Math.Min(rows ?? int.MaxValue, 4_096));
        var lineNumber = 1;
        while (series.Count < (rows ?? int.MaxValue) && text.ReadLine() is { } line)
        {
            lineNumber++;
            if (!line.AsSpan().Trim().IsEmpty)
            {
                series.Append(columns.Candle(line, lineNumber, series.Count == 0 ? long.MinValue : series.Times[^1]));
            }
        }

        series.CountMinutes(timeframe ?? SpacingOf(series.All()) ?? Timeframe.M1);
        return series;
    }

    /// <summary>
    /// The spacing of candles: the longest that all distances between neighbours are multiples of, so that holes do not matter;
    /// null where there are fewer than two candles or it is no whole number of minutes.
    /// </summary>
    public static Timeframe? SpacingOf(CandleSlice candles)
    {
        var times = candles.Times;
        var spacing = 0L;
        for (var i = 1; i < times.Length; i++)
        {
            spacing = GreatestCommonDivisor(times[i] - times[i - 1], spacing);
        }

        var minute = Timeframe.M1.Milliseconds;
        return spacing > 0 && spacing % minute == 0 && spacing / minute <= int.MaxValue ? Timeframe.OfMinutes((int)(spacing / minute)) : null;
    }

    static long GreatestCommonDivisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
