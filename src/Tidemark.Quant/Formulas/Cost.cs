using Tidemark.Quant.Formulas.Syntax;
using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Formulas;

/// <summary>
/// An upper bound of the work a formula does on a candle, in steps of a few arithmetic operations, known before it runs.
/// Every value it keeps counts as a step, so the bound holds for its memory too; parameters count with the top of their range.
/// </summary>
static class Cost
{
    public const long Limit = 100_000;

    public static long Of(Expression expression) => expression switch
    {
        Expression.Negation negation => 1 + Of(negation.Operand),
        Expression.Not not => 1 + Of(not.Operand),
        Expression.Binary binary => OfChain(binary),
        Expression.History history => 1 + Highest(history.Candles) + Of(history.Operand),
        Expression.OnTimeframe other => 8 + Of(other.Operand),
        Expression.Call call => OfCall(call),
        Expression.Indicator indicator => OfIndicator(indicator) + indicator.Sources.Sum(Of),
        _ => 1,
    };

    static long OfChain(Expression.Binary last)
    {
        var steps = 2 + Of(last.Right);
        while (last is { IsChained: true, Left: Expression.Binary before })
        {
            last = before;
            steps += 2 + Of(last.Right);
        }

        return steps + Of(last.Left);
    }

    static long OfCall(Expression.Call call)
    {
        var window = call.Function.IsWindow || call.Function == Function.Change ? call.Arguments.Count == 2 ? 2 * Highest(call.Arguments[1]) : 1 : 0;
        return call.Arguments.Count + window + call.Arguments.Sum(Of);
    }

    static long OfIndicator(Expression.Indicator indicator)
    {
        var settings = new double[indicator.Settings.Count];
        for (var place = 0; place < settings.Length; place++)
        {
            settings[place] = indicator.Settings[place] switch
            {
                null => indicator.Description.Parameters[place].Default,
                Expression.Parameter parameter when indicator.Description.Parameters[place].Kind == ParameterKind.Number => parameter.Declared.Maximum,
                Expression.Parameter parameter => Math.Floor(parameter.Declared.Maximum),
                var setting => SettingRules.Value(setting),
            };
        }

        return indicator.Description.StepsPerCandle(indicator.Description.With(settings));
    }

    static long Highest(Expression count) => count is Expression.Parameter parameter
        ? (long)parameter.Declared.Maximum
        : (long)SettingRules.Value(count);
}
