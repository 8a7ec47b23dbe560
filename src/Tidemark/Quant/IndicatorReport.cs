using System.Globalization;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>The indicators traders know best over a series, as one comma-separated table with a line a candle.</summary>
public static class IndicatorReport
{
    const int PaddedExponent = 15;

    static readonly IReadOnlyList<Column> Columns =
    [
        new("sma20", "SMA", [20], "sma"),
        new("ema20", "EMA", [20], "ema"),
        new("rsi14", "RSI", [14], "rsi"),
        new("macd", "MACD", [12, 26, 9], "macd"),
        new("macd_signal", "MACD", [12, 26, 9], "signal"),
        new("macd_hist", "MACD", [12, 26, 9], "histogram"),
        new("atr14", "ATR", [14], "atr"),
        new("bb_mid", "BB", [20, 2], "middle"),
        new("bb_upper", "BB", [20, 2], "upper"),
        new("bb_lower", "BB", [20, 2], "lower"),
        new("stoch_k14_3", "STOCH", [14, 3, 3], "k"),
        new("stoch_d3", "STOCH", [14, 3, 3], "d"),
        new("pdi14", "ADX", [14], "plus"),
        new("mdi14", "ADX", [14], "minus"),
        new("adx14", "ADX", [14], "adx"),
        new("obv", "OBV", [], "obv"),
        new("mfi14", "MFI", [14], "mfi"),
        new("supertrend10_3", "SUPERTREND", [10, 3], "line"),
        new("supertrend_dir", "SUPERTREND", [10, 3], "direction", IsWhole: true),
        new("tenkan9", "ICHIMOKU", [9, 26, 52, 26], "tenkan"),
        new("kijun26", "ICHIMOKU", [9, 26, 52, 26], "kijun"),
        new("senkou_a", "ICHIMOKU", [9, 26, 52, 26], "senkouA"),
        new("senkou_b", "ICHIMOKU", [9, 26, 52, 26], "senkouB"),
        new("chikou", "ICHIMOKU", [9, 26, 52, 26], "chikou"),
    ];

    /// <summary>How much of a column is defined, and from which candle on (0 is the first).</summary>
    public sealed record Coverage(string Column, int Defined, int? First);

    /// <summary>Writes the table and says what is in it; undefined values are empty fields.</summary>
    public static IReadOnlyList<Coverage> Write(CandleSlice candles, TextWriter text)
    {
        var columns = Columns.Select(column => column.Over(candles)).ToArray();
        text.Write("timestamp_ms");
        foreach (var column in Columns)
        {
            text.Write(',');
            text.Write(column.Name);
        }

        text.Write('\n');
        for (var row = 0; row < candles.Count; row++)
        {
            text.Write(candles.Times[row].ToString(CultureInfo.InvariantCulture));
            for (var column = 0; column < columns.Length; column++)
            {
                text.Write(',');
                text.Write(Number(columns[column][row], Columns[column].IsWhole));
            }

            text.Write('\n');
        }

        return [.. Columns.Zip(columns, (column, values) => CoverageOf(column.Name, values))];
    }

    static Coverage CoverageOf(string name, double[] values)
    {
        var first = Array.FindIndex(values, value => !double.IsNaN(value));
        return new Coverage(name, values.Count(value => !double.IsNaN(value)), first < 0 ? null : first);
    }

    // The shortest digits that read back as the same number, with a point, and an exponent where other languages print one.
    static string Number(double value, bool isWhole)
    {
        if (double.IsNaN(value))
        {
            return "";
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (isWhole)
        {
            return shortest;
        }

        if (shortest.EndsWith($"E+{PaddedExponent}", StringComparison.Ordinal))
        {
            shortest = PriceText.Of(value);
        }

        return shortest.AsSpan().ContainsAny('.', 'E') ? shortest.Replace('E', 'e') : shortest + ".0";
    }

    sealed record Column(string Name, string Indicator, double[] Arguments, string Output, bool IsWhole = false)
    {
        /// <summary>The values at the candles a chart draws them at.</summary>
        public double[] Over(CandleSlice candles)
        {
            var description = IndicatorRegistry.Find(Indicator)!;
            var arguments = description.With(Arguments);
            var outputs = description.Outputs.Count;
            var position = description.Outputs.ToList().FindIndex(output => output.Name == Output);
            var shift = description.Outputs[position].Shift(arguments);
            var runner = description.StartOnCandles(arguments);
            var row = new double[outputs];
            var values = new double[candles.Count];
            Array.Fill(values, double.NaN);
            for (var i = 0; i < candles.Count; i++)
            {
                runner.Next(candles[i], row);
                if (i + shift >= 0)
                {
                    values[i + shift] = row[position];
                }
            }

            return values;
        }
    }
}
