using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>Reads a name with parentheses: a function of the language or an indicator of the registry.</summary>
sealed class CallParser(Parser parser)
{
    const int LargestCount = 5_000;

    public Expression Read()
    {
        var name = parser.Take();
        if (Function.Find(name.Text) is { } function)
        {
            return ReadFunction(name.At, function);
        }

        return IndicatorRegistry.Find(name.Text) is { } indicator ? ReadIndicator(name.At, indicator) : throw parser.Vocabulary.UnknownCall(name);
    }

    /// <summary>A number of candles that is known before the formula runs: as written or a parameter.</summary>
    public static Expression RequireCount(Expression expression, string where, int least)
    {
        var (low, high) = expression switch
        {
            Expression.Number number => (number.Value, number.Value),
            Expression.Parameter parameter => (parameter.Declared.Minimum, parameter.Declared.Maximum),
            _ => throw new FormulaException(expression.At, $"{where} needs a number of candles at {expression.At}, as written or a parameter"),
        };
        var isWhole = double.IsInteger(expression is Expression.Parameter { Declared: var declared } ? declared.Default : low);
        return isWhole && low >= least && high <= LargestCount
            ? expression
            : throw new FormulaException(expression.At, $"{where} needs a whole number of candles from {least} to {LargestCount} at {expression.At}");
    }

    Expression.Call ReadFunction(TextPosition at, Function function)
    {
        var arguments = new List<Expression>();
        parser.Expect("(");
        while (!parser.Current.Is(")"))
        {
            if (arguments.Count > 0)
            {
                parser.Expect(",");
            }

            if (arguments.Count == function.MostArgumentsTaken)
            {
                throw new FormulaException(parser.Current.At, $"{function.Name} takes no argument at {parser.Current.At}: {function.Signature}");
            }

            arguments.Add(parser.Read(0));
        }

        if (arguments.Count < function.LeastArguments)
        {
            throw new FormulaException(parser.Current.At, $"{function.Name} needs another argument at {parser.Current.At}: {function.Signature}");
        }

        parser.Expect(")");
        CheckTypes(function, arguments);
        return (Expression.Call)Parser.Bounded(new Expression.Call(at, function, arguments));
    }

    static void CheckTypes(Function function, List<Expression> arguments)
    {
        for (var place = 0; place < arguments.Count; place++)
        {
            if (function == Function.If)
            {
                Parser.RequireType(arguments[place], place == 0 ? FormulaType.Condition : arguments[1].Type, "if");
            }
            else
            {
                Parser.RequireType(arguments[place], FormulaType.Number, function.Name);
            }
        }

        if (function.IsWindow || (function == Function.Change && arguments.Count == 2))
        {
            RequireCount(arguments[1], function.Name, least: function == Function.Change ? 0 : 1);
        }
    }

    Expression ReadIndicator(TextPosition at, IndicatorDescription indicator)
    {
        var sources = new List<Expression>();
        var settings = new Expression?[indicator.Parameters.Count];
        var place = 0;
        var named = false;
        parser.Expect("(");
        while (!parser.Current.Is(")"))
        {
            if (sources.Count > 0 || place > 0 || named)
            {
                parser.Expect(",");
            }

            if (parser.Current.Kind == TokenKind.Name && parser.Following.Is(":"))
            {
                named = true;
                ReadNamed(indicator, settings);
                continue;
            }

            if (named)
            {
                throw new FormulaException(parser.Current.At, $"a setting without a name cannot follow one with a name at {parser.Current.At}");
            }

            var argument = ReadArgument(indicator, place);
            if (IsSource(indicator, argument, sources.Count, place))
            {
                sources.Add(Parser.RequireType(argument, FormulaType.Number, indicator.Name));
            }
            else if (place < settings.Length && !(place > 0 && LacksSource(indicator, argument, sources.Count)))
            {
                settings[place] = SettingRules.Require(indicator, place, argument);
                place++;
            }
            else if (LacksSource(indicator, argument, sources.Count))
            {
                throw new FormulaException(argument.At, $"{indicator.Name} takes the series first at {argument.At}: {SettingRules.Signature(indicator)}");
            }
            else
            {
                throw new FormulaException(argument.At, $"{indicator.Name} takes no argument at {argument.At}: {SettingRules.Signature(indicator)}");
            }
        }

        var end = parser.Take().At;
        if (indicator.Source == IndicatorSource.Pairs && sources.Count < 2)
        {
            throw new FormulaException(end, $"{indicator.Name} compares two series at {at}: {SettingRules.Signature(indicator)}");
        }

        return Parser.Bounded(new Expression.Indicator(at, indicator, sources, settings, ReadOutput(indicator)));
    }

    void ReadNamed(IndicatorDescription indicator, Expression?[] settings)
    {
        var name = parser.Take();
        parser.Expect(":");
        var place = indicator.Parameters.ToList().FindIndex(parameter => parameter.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            var hint = Suggestion.For(name.Text, indicator.Parameters.Select(parameter => parameter.Name));
            throw new FormulaException(name.At, $"{indicator.Name} has no setting {name.Text} at {name.At}{hint}");
        }

        if (settings[place] is not null)
        {
            throw new FormulaException(name.At, $"{indicator.Parameters[place].Name} of {indicator.Name} is given twice at {name.At}");
        }

        settings[place] = SettingRules.Require(indicator, place, ReadArgument(indicator, place));
    }

    Expression ReadArgument(IndicatorDescription indicator, int place)
    {
        if (place < indicator.Parameters.Count && parser.Current.Kind == TokenKind.Name)
        {
            var choices = indicator.Parameters[place].Choices;
            for (var choice = 0; choice < choices.Count; choice++)
            {
                if (parser.Current.Is(choices[choice]))
                {
                    return new Expression.Choice(parser.Take().At, choices[choice], choice);
                }
            }

            if (choices.Count > 0 && !parser.Vocabulary.Knows(parser.Current.Text))
            {
                var (name, parameter) = (parser.Current, indicator.Parameters[place].Name);
                throw new FormulaException(
                    name.At, $"{parameter} of {indicator.Name} at {name.At} must be one of {string.Join(", ", choices)}{Suggestion.For(name.Text, choices)}");
            }
        }

        return parser.Read(0);
    }

    static bool IsSource(IndicatorDescription indicator, Expression argument, int sources, int place)
    {
        var taken = indicator.Source switch
        {
            IndicatorSource.Values => 1,
            IndicatorSource.Pairs => 2,
            _ => 0,
        };
        return sources < taken && place == 0 && !SettingRules.IsConstant(argument);
    }

    static bool LacksSource(IndicatorDescription indicator, Expression argument, int sources) =>
        indicator.Source != IndicatorSource.Candles && sources == 0 && argument.Type == FormulaType.Number && !SettingRules.IsConstant(argument);

    int ReadOutput(IndicatorDescription indicator)
    {
        if (!parser.Current.Is("."))
        {
            return 0;
        }

        parser.Take();
        var name = parser.Current;
        var outputs = indicator.Outputs;
        var place = name.Kind == TokenKind.Name
            ? outputs.ToList().FindIndex(output => output.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase))
            : -1;
        if (place < 0)
        {
            throw new FormulaException(name.At, $"{indicator.Name} has no output {name} at {name.At}; it has {string.Join(", ", outputs.Select(output => output.Name))}");
        }

        if (outputs[place].IsDisplayOnly)
        {
            throw new FormulaException(name.At, $"{indicator.Name}.{outputs[place].Name} at {name.At} is drawn for the eye and cannot be reckoned with");
        }

        parser.Take();
        return place;
    }
}
