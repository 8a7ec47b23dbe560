using System.Globalization;

namespace Tidemark.Quant.Series;

/// <summary>Where the columns of a candle file stand, and how a row of it becomes a candle.</summary>
readonly record struct CandleColumns(int Time, int Open, int High, int Low, int Close, int Volume, int Count, bool IsForgiving = false)
{
    // A thousandth: prices rounded to few digits are off by less.
    const double Rounding = 0.001;

    static readonly string[] TimeNames = ["timestamp_ms", "timestamp", "open_time", "open_time_ms", "time", "ts", "datetime", "date"];
    static readonly string[] VolumeNames = ["volume", "vol"];

    public static CandleColumns Of(string? header, bool isForgiving = false)
    {
        var names = new List<string>();
        var fields = new CsvFields((header ?? throw new CandleCsvException(1, "the file is empty")).AsSpan().TrimStart('\uFEFF'));
        while (fields.Next())
        {
            names.Add(fields.Current.ToString());
        }

        return new CandleColumns(
            Find(names, TimeNames),
            Find(names, "open"),
            Find(names, "high"),
            Find(names, "low"),
            Find(names, "close"),
            isForgiving && !names.Exists(static name => VolumeNames.Contains(name, StringComparer.OrdinalIgnoreCase)) ? -1 : Find(names, VolumeNames),
            names.Count,
            isForgiving);
    }

    public Candle Candle(ReadOnlySpan<char> line, int lineNumber, long previousTime)
    {
        var (time, open, high, low, close, volume) = (0L, 0.0, 0.0, 0.0, 0.0, 0.0);
        var column = 0;
        var fields = new CsvFields(line);
        for (; fields.Next(); column++)
        {
            if (column == Time)
            {
                time = CandleTime.TryParse(fields.Current, out var read) || (IsForgiving && CandleTime.TryParseDecimal(fields.Current, out read))
                    ? read
                    : throw new CandleCsvException(lineNumber, $"\"{fields.Current}\" is no time in milliseconds and no date");
            }
            else if (column == Open)
            {
                open = Price(fields.Current, lineNumber);
            }
            else if (column == High)
            {
                high = Price(fields.Current, lineNumber);
            }
            else if (column == Low)
            {
                low = Price(fields.Current, lineNumber);
            }
            else if (column == Close)
            {
                close = Price(fields.Current, lineNumber);
            }
            else if (column == Volume)
            {
                volume = IsForgiving && fields.Current.Trim().IsEmpty ? 0 : Number(fields.Current, lineNumber);
            }
        }

        var problem = column != Count && !LacksVolumeAlone(column) ? $"{column} fields where the header has {Count}"
            : time <= previousTime ? $"time {time} does not come after {previousTime}"
            : ProblemOf(open, high, low, close, volume, IsForgiving ? Rounding * high : 0);
        return problem is null ? new Candle(time, open, high, low, close, volume) : throw new CandleCsvException(lineNumber, problem);
    }

    static int Find(List<string> names, params ReadOnlySpan<string> wanted)
    {
        foreach (var name in wanted)
        {
            var position = names.FindIndex(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
            if (position < 0)
            {
                continue;
            }

            return names.FindLastIndex(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase)) == position
                ? position
                : throw new CandleCsvException(1, $"the header has the column {name} twice");
        }

        throw new CandleCsvException(1, $"the header has no column {wanted[0]}");
    }

    bool LacksVolumeAlone(int fields) => IsForgiving && fields == Count - 1 && Volume == fields;

    static string? ProblemOf(double open, double high, double low, double close, double volume, double rounding) =>
        high < low ? "the high is below the low"
        : open > high + rounding || open < low - rounding ? "the open is not between low and high"
        : close > high + rounding || close < low - rounding ? "the close is not between low and high"
        : volume < 0 ? "the volume is negative"
        : null;

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
