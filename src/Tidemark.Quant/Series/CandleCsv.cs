using System.Globalization;

namespace Tidemark.Quant.Series;

/// <summary>
/// Reads candles from comma-separated text with a header line: a time column (timestamp_ms, timestamp, open_time or time, in UTC milliseconds),
/// open, high, low, close and volume, in any order and case; other columns are passed over.
/// </summary>
public static class CandleCsv
{
    static readonly string[] TimeNames = ["timestamp_ms", "timestamp", "open_time", "open_time_ms", "time"];

    /// <summary>All candles of the text, or the first rows of it where a number of rows is given; a bad row is refused with its line number.</summary>
    public static CandleSeries Read(TextReader text, int? rows = null)
    {
        var columns = Columns.Of(text.ReadLine());
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

        return series;
    }

    /// <summary>The spacing of candles: the shortest distance between two neighbours, null where there are fewer than two or it is no whole number of minutes.</summary>
    public static Timeframe? SpacingOf(CandleSlice candles)
    {
        var times = candles.Times;
        var shortest = long.MaxValue;
        for (var i = 1; i < times.Length; i++)
        {
            shortest = Math.Min(shortest, times[i] - times[i - 1]);
        }

        var minute = Timeframe.M1.Milliseconds;
        return shortest % minute == 0 && shortest / minute <= int.MaxValue ? Timeframe.OfMinutes((int)(shortest / minute)) : null;
    }

    readonly record struct Columns(int Time, int Open, int High, int Low, int Close, int Volume, int Count)
    {
        public static Columns Of(string? header)
        {
            var names = (header ?? throw new CandleCsvException(1, "the file is empty")).TrimStart('\uFEFF').Split(',', StringSplitOptions.TrimEntries);
            return new Columns(
                Find(names, TimeNames),
                Find(names, "open"),
                Find(names, "high"),
                Find(names, "low"),
                Find(names, "close"),
                Find(names, "volume", "vol"),
                names.Length);
        }

        static int Find(string[] names, params ReadOnlySpan<string> wanted)
        {
            foreach (var name in wanted)
            {
                var position = Array.FindIndex(names, column => string.Equals(column.Trim('"'), name, StringComparison.OrdinalIgnoreCase));
                if (position >= 0)
                {
                    return position;
                }
            }

            throw new CandleCsvException(1, $"the header has no column {wanted[0]}");
        }

        public Candle Candle(ReadOnlySpan<char> line, int lineNumber, long previousTime)
        {
            var (time, open, high, low, close, volume) = (0L, 0.0, 0.0, 0.0, 0.0, 0.0);
            var column = 0;
            foreach (var range in line.Split(','))
            {
                var field = line[range].Trim().Trim('"');
                if (column == Time)
                {
                    time = long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read)
                        ? read
                        : throw new CandleCsvException(lineNumber, $"\"{field}\" is no time in milliseconds");
                }
                else if (column == Open)
                {
                    open = Price(field, lineNumber);
                }
                else if (column == High)
                {
                    high = Price(field, lineNumber);
                }
                else if (column == Low)
                {
                    low = Price(field, lineNumber);
                }
                else if (column == Close)
                {
                    close = Price(field, lineNumber);
                }
                else if (column == Volume)
                {
                    volume = Number(field, lineNumber);
                }

                column++;
            }

            if (column != Count)
            {
                throw new CandleCsvException(lineNumber, $"{column} fields where the header has {Count}");
            }

            Check(time, high, low, volume, lineNumber, previousTime);
            return new Candle(time, open, high, low, close, volume);
        }

        static void Check(long time, double high, double low, double volume, int lineNumber, long previousTime)
        {
            if (time <= previousTime)
            {
                throw new CandleCsvException(lineNumber, $"time {time} does not come after {previousTime}");
            }

            if (high < low)
            {
                throw new CandleCsvException(lineNumber, "the high is below the low");
            }

            if (volume < 0)
            {
                throw new CandleCsvException(lineNumber, "the volume is negative");
            }
        }

        static double Price(ReadOnlySpan<char> field, int lineNumber)
        {
            var price = Number(field, lineNumber);
            return price > 0 ? price : throw new CandleCsvException(lineNumber, $"{field} is no price");
        }

        static double Number(ReadOnlySpan<char> field, int lineNumber) =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : throw new CandleCsvException(lineNumber, $"\"{field}\" is no number");
    }
}
