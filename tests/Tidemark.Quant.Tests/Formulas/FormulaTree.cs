namespace Tidemark.Quant.Formulas;

/// <summary>A tree written out with every parenthesis and without places, so that two trees can be compared.</summary>
static class FormulaTree
{
    public static string Of(Expression expression) => expression switch
    {
        Expression.Number number => $"{number.Value:R}",
        Expression.Price price => $"{price.Part}",
        Expression.Parameter parameter => $"${parameter.Declared.Name}",
        Expression.Choice choice => $"#{choice.Place}",
        Expression.Negation negation => $"(neg {Of(negation.Operand)})",
        Expression.Not not => $"(not {Of(not.Operand)})",
        Expression.Binary binary => $"({binary.Operator.Text} {Of(binary.Left)} {Of(binary.Right)})",
        Expression.History history => $"(ago {Of(history.Operand)} {Of(history.Candles)})",
        Expression.OnTimeframe other => $"(at {other.Timeframe} {Of(other.Operand)})",
        Expression.Call call => $"({call.Function.Name} {string.Join(' ', call.Arguments.Select(Of))})",
        Expression.Indicator indicator =>
            $"({indicator.Description.Name}.{indicator.Output} [{string.Join(' ', indicator.Sources.Select(Of))}] {string.Join(' ', indicator.Settings.Select(setting => setting is null ? "_" : Of(setting)))})",
        _ => throw new ArgumentException("no such part", nameof(expression)),
    };
}
