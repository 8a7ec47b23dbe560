using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas;

/// <summary>A part of a parsed formula: names are resolved and types agree.</summary>
public abstract record Expression(TextPosition At, FormulaType Type, int Depth)
{
    /// <summary>The parts it is made of.</summary>
    public IEnumerable<Expression> Parts => this switch
    {
        Negation negation => [negation.Operand],
        Not not => [not.Operand],
        Binary binary => [binary.Left, binary.Right],
        History history => [history.Operand],
        OnTimeframe other => [other.Operand],
        Call call => call.Arguments,
        Indicator indicator => indicator.Sources,
        _ => [],
    };

    /// <summary>A number as written, never negative.</summary>
    public sealed record Number(TextPosition At, double Value) : Expression(At, FormulaType.Number, 1);

    /// <summary>One price of the candle, or its volume.</summary>
    public sealed record Price(TextPosition At, PricePart Part) : Expression(At, FormulaType.Number, 1);

    /// <summary>A setting of the formula.</summary>
    public sealed record Parameter(TextPosition At, FormulaParameter Declared) : Expression(At, FormulaType.Number, 1);

    /// <summary>A named choice for a setting of an indicator, with its position among the choices.</summary>
    public sealed record Choice(TextPosition At, string Name, int Place) : Expression(At, FormulaType.Number, 1);

    /// <summary>Minus a number.</summary>
    public sealed record Negation(TextPosition At, Expression Operand) : Expression(At, FormulaType.Number, Operand.Depth + 1);

    /// <summary>The opposite of a condition.</summary>
    public sealed record Not(TextPosition At, Expression Operand) : Expression(At, FormulaType.Condition, Operand.Depth + 1);

    /// <summary>
    /// Two parts joined by an operator. What is joined from left to right without parentheses, as in a + b - c, lies on one level however long it is:
    /// those who walk the tree go down its left side in a loop, not level by level.
    /// </summary>
    public sealed record Binary(TextPosition At, Operator Operator, Expression Left, Expression Right)
        : Expression(At, Operator.Gives, Math.Max(Continues(Left, Operator) ? Left.Depth : Left.Depth + 1, Right.Depth + 1))
    {
        /// <summary>Whether the left side is the beginning of the same chain.</summary>
        public bool IsChained => Continues(Left, Operator);

        static bool Continues(Expression left, Operator joining) =>
            left is Binary { Operator: var before } && before.Binding == joining.Binding && !joining.Compares;
    }

    /// <summary>The value of some candles ago.</summary>
    public sealed record History(TextPosition At, Expression Operand, Expression Candles) : Expression(At, Operand.Type, Operand.Depth + 1);

    /// <summary>The value on candles of a longer timeframe, known once such a candle has closed.</summary>
    public sealed record OnTimeframe(TextPosition At, Expression Operand, Timeframe Timeframe) : Expression(At, Operand.Type, Operand.Depth + 1);

    /// <summary>A function of the language with its arguments.</summary>
    public sealed record Call(TextPosition At, Function Function, IReadOnlyList<Expression> Arguments)
        : Expression(At, Function.Gives(Arguments), Arguments.Max(argument => argument.Depth) + 1);

    /// <summary>
    /// An indicator: the series it runs on where they were given, a setting or null for its default at each place, and which output is meant.
    /// </summary>
    public sealed record Indicator(
        TextPosition At, IndicatorDescription Description, IReadOnlyList<Expression> Sources, IReadOnlyList<Expression?> Settings, int Output)
        : Expression(At, FormulaType.Number, Sources.Select(source => source.Depth).DefaultIfEmpty().Max() + 1);
}
