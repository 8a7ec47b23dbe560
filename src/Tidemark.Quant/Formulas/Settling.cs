using Tidemark.Quant.Formulas.Syntax;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas;

/// <summary>
/// How far back a formula remembers. Averages that decay forget e^-20 of their beginning after ten times their period; a window forgets all of it.
/// What one part feeds another adds up.
/// </summary>
static class Settling
{
    const int Fewest = 500;
    const int Most = 300_000;
    const int TimesTheLongest = 10;

    public static int CandlesOf(Expression root, Timeframe timeframe)
    {
        var candles = (double)Fewest;
        var open = new Stack<(Expression Part, double Ratio)>();
        open.Push((root, 1));
        while (open.TryPop(out var one))
        {
            candles += OwnOf(one.Part) * one.Ratio;
            var ratio = one.Part is Expression.OnTimeframe other ? Math.Max(one.Ratio, (double)other.Timeframe.Minutes / timeframe.Minutes) : one.Ratio;
            foreach (var part in one.Part.Parts)
            {
                open.Push((part, ratio));
            }
        }

        return (int)Math.Min(candles, Most);
    }

    static double OwnOf(Expression part) => part switch
    {
        Expression.History history => Highest(history.Candles),
        Expression.OnTimeframe => 1,
        Expression.Call call when call.Arguments.Count == 2 && (call.Function.IsWindow || call.Function == Function.Change) => Highest(call.Arguments[1]),
        Expression.Indicator indicator => TimesTheLongest * Longest(indicator),
        _ => 0,
    };

    static double Longest(Expression.Indicator indicator)
    {
        var longest = 1.0;
        for (var place = 0; place < indicator.Settings.Count; place++)
        {
            if (indicator.Description.Parameters[place].Kind == ParameterKind.Whole)
            {
                longest = Math.Max(longest, indicator.Settings[place] is { } setting ? Highest(setting) : indicator.Description.Parameters[place].Default);
            }
        }

        return longest;
    }

    static double Highest(Expression setting) => setting is Expression.Parameter parameter ? parameter.Declared.Maximum : SettingRules.Value(setting);
}
