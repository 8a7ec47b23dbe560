using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>What may be given as the setting of an indicator: a value known before the formula runs, in range.</summary>
static class SettingRules
{
    public static bool IsConstant(Expression expression) => expression
        is Expression.Number or Expression.Parameter or Expression.Choice
        or Expression.Negation { Operand: Expression.Number };

    public static Expression Require(IndicatorDescription indicator, int place, Expression setting)
    {
        var parameter = indicator.Parameters[place];
        if (!IsConstant(setting))
        {
            throw new FormulaException(setting.At, $"{parameter.Name} of {indicator.Name} at {setting.At} must be a number as written or a parameter");
        }

        if (setting is Expression.Parameter { Declared: var declared })
        {
            if (parameter.Kind != ParameterKind.Number && !double.IsInteger(declared.Default))
            {
                throw new FormulaException(setting.At, $"{declared.Name} at {setting.At} is {declared.Default} by default, but {parameter.Name} of {indicator.Name} must be {parameter.Range}");
            }

            return declared.Minimum >= parameter.Minimum && declared.Maximum <= parameter.Maximum
                ? setting
                : throw new FormulaException(
                    setting.At,
                    $"{declared.Name} at {setting.At} may be {declared.Minimum} to {declared.Maximum}, but {parameter.Name} of {indicator.Name} must be {parameter.Range}");
        }

        return parameter.Allows(Value(setting))
            ? setting
            : throw new FormulaException(setting.At, $"{parameter.Name} of {indicator.Name} at {setting.At} must be {parameter.Range}");
    }

    /// <summary>The value of a setting that is no parameter.</summary>
    public static double Value(Expression setting) => setting switch
    {
        Expression.Number number => number.Value,
        Expression.Choice choice => choice.Place,
        Expression.Negation { Operand: Expression.Number number } => -number.Value,
        _ => double.NaN,
    };

    /// <summary>How an indicator is called: "EMA(series, period)".</summary>
    public static string Signature(IndicatorDescription indicator)
    {
        string[] series = indicator.Source switch
        {
            IndicatorSource.Values => ["series"],
            IndicatorSource.Pairs => ["series", "series"],
            _ => [],
        };
        return $"{indicator.Name}({string.Join(", ", series.Concat(indicator.Parameters.Select(parameter => parameter.Name)))})";
    }
}
