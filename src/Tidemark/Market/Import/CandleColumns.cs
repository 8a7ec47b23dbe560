using System.Globalization;

namespace Tidemark.Market.Import;

/// <summary>What the numbers of a time column count.</summary>
public enum TimeUnit
{
    /// <summary>Told by the size of the number, or by being a date.</summary>
    Auto,
    Seconds,
    Milliseconds,
    Microseconds,

    /// <summary>ISO 8601; UTC where no offset is given.</summary>
    Iso,
}

/// <summary>Which column of a file holds what: a header's name, or a position counted from 0.</summary>
public sealed record CandleColumns(string Time, string Open, string High, string Low, string Close, string Volume)
{
    /// <summary>The twelve columns of Binance's public files: time, prices and volume come first.</summary>
    public static CandleColumns Binance { get; } = new("0", "1", "2", "3", "4", "5");

    /// <summary>What headers commonly call them; the first that is there is taken.</summary>
    public static CandleColumns Usual { get; } = new("timestamp_ms|timestamp|open_time|open_time_ms|time|date|datetime|unix", "open", "high", "low", "close", "volume|vol|volume_base|base_volume");

    /// <summary>Reads "time=ts,open=o,volume=5"; what is not named stays as it was.</summary>
    public CandleColumns With(string mapping)
    {
        var columns = this;
        foreach (var part in mapping.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            columns = part.Split('=', 2, StringSplitOptions.TrimEntries) switch
            {
                ["time", { Length: > 0 } name] => columns with { Time = name },
                ["open", { Length: > 0 } name] => columns with { Open = name },
                ["high", { Length: > 0 } name] => columns with { High = name },
                ["low", { Length: > 0 } name] => columns with { Low = name },
                ["close", { Length: > 0 } name] => columns with { Close = name },
                ["volume", { Length: > 0 } name] => columns with { Volume = name },
                _ => throw new FormatException($"\"{part}\" maps no column; write time=…, open=…, high=…, low=…, close=… or volume=… with a header's name or a position from 0."),
            };
        }
        return columns;
    }

    /// <summary>Positions of time, open, high, low, close, volume in a file with this header, or with none.</summary>
    public int[] Positions(IReadOnlyList<string>? header) => [.. new[] { Time, Open, High, Low, Close, Volume }.Select(name => Position(name, header))];

    static int Position(string name, IReadOnlyList<string>? header)
    {
        foreach (var candidate in name.Split('|'))
        {
            if (int.TryParse(candidate, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return position;
            }
            for (var i = 0; i < header?.Count; i++)
            {
                if (string.Equals(header[i], candidate, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }
        throw new FormatException(header is null
            ? "The file has no header; say which column is which by position, as in --columns time=0,open=1,high=2,low=3,close=4,volume=5."
            : $"The header ({string.Join(", ", header)}) has no column {name.Replace("|", " or ", StringComparison.Ordinal)}; say which it is with --columns.");
    }
}
