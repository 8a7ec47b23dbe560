using Tidemark.Backtests.CustomIndicators;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Strategies;

/// <summary>Which built-in strategy and which of its settings a caller's words mean: "RSI Mean Reversion", RSI_MEAN_REVERSION, rsiPeriod.</summary>
public static class StrategyNames
{
    static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["meanreversion"] = "rsi",
        ["rsimeanreversion"] = "rsi",
        ["macdcross"] = "macd",
        ["macdcrossover"] = "macd",
        ["smacross"] = "sma",
        ["smacrossover"] = "sma",
        ["movingaveragecross"] = "sma",
        ["emacross"] = "ema",
        ["emacrossover"] = "ema",
        ["bollingerbands"] = "bollinger",
        ["bollingermeanreversion"] = "bollinger",
        ["bollingerbandsmeanreversion"] = "bollinger",
        ["smartmoney"] = "smc",
        ["smcconfluence"] = "smc",
        ["buyandhold"] = "hold",
        ["buyhold"] = "hold",
        ["triplersi"] = "3rsi",
    };

    static readonly Dictionary<string, string[]> Aliases = new(StringComparer.Ordinal)
    {
        ["period"] = ["rsiPeriod", "length", "bbPeriod"],
        ["buy_below"] = ["buyThreshold", "oversold"],
        ["sell_above"] = ["sellThreshold", "overbought"],
        ["fast"] = ["fastPeriod", "shortPeriod", "shortWindow"],
        ["slow"] = ["slowPeriod", "longPeriod", "longWindow"],
        ["signal"] = ["signalPeriod"],
        ["multiplier"] = ["stdDev", "deviations", "numStd"],
    };

    /// <summary>Null where no built-in strategy has such a name.</summary>
    public static StrategyDescription? Find(string text)
    {
        var word = Bare(text);
        foreach (var candidate in (ReadOnlySpan<string>)[word, word.EndsWith("strategy", StringComparison.Ordinal) ? word[..^"strategy".Length] : word])
        {
            if (StrategyRegistry.All.FirstOrDefault(strategy => Bare(strategy.Name) == candidate || Bare(strategy.Title) == candidate) is { } named)
            {
                return named;
            }
            if (Others.TryGetValue(candidate, out var name))
            {
                return StrategyRegistry.Find(name);
            }
        }
        return null;
    }

    /// <summary>Other words for a setting.</summary>
    public static IReadOnlyList<string> AliasesOf(string parameter) => [.. Aliases.GetValueOrDefault(parameter, []).Prepend(Camel(parameter)).Where(alias => alias != parameter).Distinct()];

    /// <summary>All settings under their own names, missing ones at their defaults; refuses what the strategy does not have, each by its field.</summary>
    public static Dictionary<string, double> Settings(StrategyDescription strategy, IReadOnlyDictionary<string, double>? given, string field = "parameters")
    {
        var values = strategy.Parameters.ToDictionary(static parameter => parameter.Name, static parameter => parameter.Default, StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, double>())
        {
            var parameter = Parameter(strategy, name, field);
            values[parameter.Name] = parameter.Allows(value) ? value : throw FormulaText.Refused($"{field}.{name}", $"{parameter.Title} must be {parameter.Range}.");
        }
        return values;
    }

    /// <summary>The setting that a word means.</summary>
    public static StrategyParameter Parameter(StrategyDescription strategy, string name, string field)
    {
        var word = Bare(name);
        return strategy.Parameters.FirstOrDefault(one => Bare(one.Name) == word) ?? strategy.Parameters.FirstOrDefault(one => AliasesOf(one.Name).Any(alias => Bare(alias) == word))
            ?? throw FormulaText.Refused($"{field}.{(name.Length > 40 ? name[..40] : name)}", strategy.Parameters.Count == 0 ? $"{strategy.Title} has no settings." : $"{strategy.Title} has no such setting; it has {string.Join(", ", strategy.Parameters.Select(static one => one.Name))}.");
    }

    static string Camel(string name) => string.Concat(name.Split('_').Select(static (part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    static string Bare(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
