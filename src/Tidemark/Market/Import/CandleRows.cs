using System.Globalization;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Import;

/// <summary>A line that could not be read.</summary>
public sealed record UnreadLine(int Line, string Problem);

/// <summary>What a file's text held: its candles in order of time, and what was wrong with the rest.</summary>
public sealed record CandleRows(CandleSeries Candles, int Lines, int OutOfOrder, int Doubled, IReadOnlyList<UnreadLine> Unread, int UnreadCount);

/// <summary>Reads rows of candles in whatever order and columns they stand; a bad line is told, not fatal.</summary>
public sealed class CandleRowReader(CandleColumns columns, TimeUnit unit, Timeframe timeframe)
{
    const int MostTold = 100;

    // 1e11 seconds are the year 5138, as milliseconds 1973; 1e14 milliseconds the year 5138, as microseconds 1973.
    const long SmallestMilliseconds = 100_000_000_000, SmallestMicroseconds = 100_000_000_000_000;

    public CandleRows Read(TextReader text)
    {
        var candles = new List<Candle>();
        var unread = new List<UnreadLine>();
        var (line, bad) = (0, 0);
        int[]? positions = null;
        var separator = ',';
        while (text.ReadLine() is { } row)
        {
            line++;
            if (string.IsNullOrWhiteSpace(row))
            {
                continue;
            }
            if (positions is null)
            {
                row = row.TrimStart('\uFEFF');
                separator = SeparatorOf(row);
                var names = row.Split(separator).Select(name => name.Trim().Trim('"')).ToList();
                var isHeader = !names.Any(IsNumber);
                positions = columns.Positions(isHeader ? names : null);
                if (isHeader)
                {
                    continue;
                }
            }
            if (Parse(row, separator, positions, out var candle) is not { } problem)
            {
                candles.Add(candle);
            }
            else if (bad++ < MostTold)
            {
                unread.Add(new UnreadLine(line, problem));
            }
        }
        return InOrder(candles, line, unread, bad);
    }

    static char SeparatorOf(string row) => row.Contains(',', StringComparison.Ordinal) ? ',' : row.Contains(';', StringComparison.Ordinal) ? ';' : '\t';

    static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    static CandleRows InOrder(List<Candle> candles, int lines, List<UnreadLine> unread, int bad)
    {
        var outOfOrder = 0;
        for (var i = 1; i < candles.Count; i++)
        {
            outOfOrder += candles[i].OpenTime < candles[i - 1].OpenTime ? 1 : 0;
        }
        var series = new CandleSeries(candles.Count);
        var doubled = 0;
        foreach (var candle in outOfOrder == 0 ? candles : [.. candles.OrderBy(candle => candle.OpenTime)])
        {
            if (series.Count > 0 && series.Times[^1] == candle.OpenTime)
            {
                doubled++;
            }
            else
            {
                series.Append(candle);
            }
        }
        return new CandleRows(series, lines, outOfOrder, doubled, unread, bad);
    }

    /// <summary>The candle of a row; else what is wrong with it.</summary>
    string? Parse(ReadOnlySpan<char> row, char separator, int[] positions, out Candle candle)
    {
        candle = default;
        Span<double> numbers = stackalloc double[5];
        var (time, found, column) = (0L, 0, 0);
        foreach (var range in row.Split(separator))
        {
            var field = row[range].Trim().Trim('"');
            var wanted = Array.IndexOf(positions, column++);
            if (wanted == 0)
            {
                if (!TryTime(field, out time))
                {
                    return $"\"{field}\" is no time";
                }
                found++;
            }
            else if (wanted > 0)
            {
                if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[wanted - 1]))
                {
                    return $"\"{field}\" is no number";
                }
                found++;
            }
        }
        if (found < positions.Length)
        {
            return $"only {column} fields";
        }
        candle = new Candle(time, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], timeframe.Minutes);
        return null;
    }

    bool TryTime(ReadOnlySpan<char> field, out long milliseconds)
    {
        milliseconds = 0;
        if (unit is TimeUnit.Auto or TimeUnit.Iso && DateTimeOffset.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && !long.TryParse(field, out _))
        {
            milliseconds = date.ToUnixTimeMilliseconds();
            return true;
        }
        if (unit == TimeUnit.Iso || !decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > long.MaxValue / 1_000)
        {
            return false;
        }
        milliseconds = (unit == TimeUnit.Auto ? UnitOf(number) : unit) switch
        {
            TimeUnit.Seconds => (long)(number * 1_000),
            TimeUnit.Milliseconds => (long)number,
            _ => (long)(number / 1_000),
        };
        return milliseconds is >= 0 and < 253_370_764_800_000;
    }

    static TimeUnit UnitOf(decimal number) => number switch
    {
        < SmallestMilliseconds => TimeUnit.Seconds,
        < SmallestMicroseconds => TimeUnit.Milliseconds,
        _ => TimeUnit.Microseconds,
    };
}
