using System.Globalization;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Analysis;

/// <summary>An indicator over some candles: what it is called in the answer, its lines, and what its last values mean in words.</summary>
public sealed record Reading(string Key, string Title, IndicatorPlacement Placement, IReadOnlyList<Reading.Output> Outputs)
{
    /// <summary>One line, a value for each candle; NaN where undefined.</summary>
    public sealed record Output(string Name, double[] Values, int Shift);

    double? Last(string output) => Outputs.FirstOrDefault(one => one.Name == output)?.Values is [.., var last] && double.IsFinite(last) ? last : null;

    /// <summary>The last values under the names that answers give them.</summary>
    public IReadOnlyDictionary<string, object?> Answer(double close) => Key switch
    {
        "RSI" => new Dictionary<string, object?> { ["value"] = Last("rsi"), ["signal"] = OfRsi(Last("rsi")) },
        "MACD" => new Dictionary<string, object?> { ["value"] = Last("macd"), ["signal"] = Last("signal"), ["histogram"] = Last("histogram"), ["trend"] = OfHistogram(Last("histogram")) },
        "BOLLINGER_BANDS" => new Dictionary<string, object?> { ["upper"] = Last("upper"), ["middle"] = Last("middle"), ["lower"] = Last("lower"), ["position"] = OfBands(close, Last("lower"), Last("upper")) },
        _ => Outputs.ToDictionary(static one => one.Name, one => (object?)Last(one.Name)),
    };

    /// <summary>70 and above is overbought, 30 and below oversold.</summary>
    public static string? OfRsi(double? value) => value switch { null => null, >= 70 => "OVERBOUGHT", <= 30 => "OVERSOLD", _ => "NEUTRAL" };

    /// <summary>Where the line stands against its signal.</summary>
    public static string? OfHistogram(double? value) => value switch { null => null, > 0 => "BULLISH", < 0 => "BEARISH", _ => "NEUTRAL" };

    /// <summary>Where the close stands between the bands: the outer fifths are near them.</summary>
    public static string? OfBands(double close, double? lower, double? upper) => (lower, upper) switch
    {
        (null, _) or (_, null) => null,
        var (low, high) when close > high && close >= low => "ABOVE_UPPER",
        var (low, _) when close < low => "BELOW_LOWER",
        var (low, high) when high <= low => "MIDDLE",
        var (low, high) => ((close - low) / (high - low)) switch { >= 0.8 => "NEAR_UPPER", <= 0.2 => "NEAR_LOWER", _ => "MIDDLE" },
    };
}

/// <summary>An indicator as a caller named it, ready to be computed.</summary>
public abstract record AskedIndicator(string Key)
{
    const int FewestBefore = 500, TimesTheLongest = 10;

    /// <summary>Candles it wants to see before those that are answered.</summary>
    public abstract int Before(Timeframe timeframe);

    /// <summary>Its lines over candles, of which the last so many are answered.</summary>
    public abstract Reading Over(CandleSlice candles, int shown, Timeframe timeframe);

    /// <summary>Reads RSI, BOLLINGER_BANDS, EMA(50), MACD(12,26,9).</summary>
    public static AskedIndicator Parse(string text)
    {
        var use = text.Trim();
        var open = use.IndexOf('(', StringComparison.Ordinal);
        var word = (open < 0 ? use : use[..open]).Trim().ToUpperInvariant();
        var name = word is "BOLLINGER_BANDS" or "BOLLINGER" or "BBANDS" ? "BB" : word;
        if (use.Length > 100 || IndicatorRegistry.Find(name) is not { Source: not IndicatorSource.Pairs } indicator)
        {
            throw FormulaText.Refused("indicators", $"There is no indicator {(word.Length > 40 ? word[..40] + "…" : word)}; GET /api/v1/indicators lists them, and BOLLINGER_BANDS is BB.");
        }
        if (open >= 0 && !use.EndsWith(')'))
        {
            throw FormulaText.Refused("indicators", $"{word} wants its settings in brackets, as {word}(14).");
        }
        try
        {
            var given = open < 0 ? [] : use[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var arguments = indicator.With([.. given.Select(static value => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))]);
            var key = name switch { "BB" when open < 0 => "BOLLINGER_BANDS", _ => open < 0 ? name : use.ToUpperInvariant() };
            return new BuiltIn(key, indicator, arguments);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw FormulaText.Refused("indicators", $"{word}: {wrong.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    sealed record BuiltIn(string Key, IndicatorDescription Indicator, IndicatorArguments Arguments) : AskedIndicator(Key)
    {
        public override int Before(Timeframe timeframe) =>
            Math.Max(FewestBefore, TimesTheLongest * Indicator.Parameters.Select((parameter, i) => parameter.Kind == ParameterKind.Whole ? Arguments.Whole(i) : 0).DefaultIfEmpty().Max());

        public override Reading Over(CandleSlice candles, int shown, Timeframe timeframe)
        {
            var runner = Indicator.StartOnCandles(Arguments);
            var row = new double[Indicator.Outputs.Count];
            var columns = Indicator.Outputs.Select(_ => new double[shown]).ToArray();
            for (var i = 0; i < candles.Count; i++)
            {
                runner.Next(candles[i], row);
                for (var column = 0; i >= candles.Count - shown && column < row.Length; column++)
                {
                    columns[column][i - (candles.Count - shown)] = row[column];
                }
            }
            var settings = Indicator.Parameters.Count == 0 ? "" : $"({string.Join(", ", Arguments.Values.ToArray().Select(static value => value.ToString("R", CultureInfo.InvariantCulture)))})";
            return new Reading(Key, Indicator.Name + settings, Indicator.Placement, [.. Indicator.Outputs.Select((output, i) => new Reading.Output(output.Name, columns[i], output.Shift(Arguments)))]);
        }
    }

    /// <summary>One that its owner wrote.</summary>
    public sealed record Own(string Key, string Title, Formula Formula) : AskedIndicator(Key)
    {
        public override int Before(Timeframe timeframe) => Math.Min(Formula.CandlesToSettle(timeframe), 20_000);

        public override Reading Over(CandleSlice candles, int shown, Timeframe timeframe)
        {
            var run = Formula.Start(timeframe);
            var values = new double[shown];
            for (var i = 0; i < candles.Count; i++)
            {
                var value = run.Next(candles[i]);
                if (i >= candles.Count - shown)
                {
                    values[i - (candles.Count - shown)] = value;
                }
            }
            return new Reading(Key, Title, IndicatorPlacement.Pane, [new Reading.Output("value", values, 0)]);
        }
    }
}
