using System.Globalization;
using System.Text;

namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>Writes a formula in its usual form: one line, no comment, no parenthesis that says nothing; it parses back to the same tree.</summary>
static class Printer
{
    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(expression, text, 0);
        return text.ToString();
    }

    static void Write(Expression expression, StringBuilder text, int binding)
    {
        var wrapped = BindingOf(expression) < binding;
        text.Append(wrapped ? "(" : "");
        switch (expression)
        {
            case Expression.Number number:
                text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case Expression.Price price:
                text.Append(Vocabulary.NameOf(price.Part));
                break;
            case Expression.Parameter parameter:
                text.Append(parameter.Declared.Name);
                break;
            case Expression.Choice choice:
                text.Append(choice.Name);
                break;
            case Expression.Negation negation:
                text.Append('-');
                Write(negation.Operand, text, Operator.NegationBinding);
                break;
            case Expression.Not not:
                text.Append("not ");
                Write(not.Operand, text, Operator.NotBinding);
                break;
            case Expression.Binary binary:
                WriteBinary(binary, text);
                break;
            case Expression.History history:
                Write(history.Operand, text, Operator.PostfixBinding);
                text.Append('[');
                Write(history.Candles, text, 0);
                text.Append(']');
                break;
            case Expression.OnTimeframe other:
                Write(other.Operand, text, Operator.PostfixBinding);
                text.Append(" @ ").Append(other.Timeframe);
                break;
            case Expression.Call call:
                text.Append(call.Function.Name);
                WriteList(call.Arguments.Select(argument => ("", argument)), text);
                break;
            case Expression.Indicator indicator:
                WriteIndicator(indicator, text);
                break;
        }

        text.Append(wrapped ? ")" : "");
    }

    static void WriteBinary(Expression.Binary binary, StringBuilder text)
    {
        var joins = new Stack<Expression.Binary>([binary]);
        while (joins.Peek() is { IsChained: true, Left: Expression.Binary before })
        {
            joins.Push(before);
        }

        var binding = binary.Operator.Binding;
        Write(joins.Peek().Left, text, binary.Operator.Compares ? binding + 1 : binding);
        foreach (var join in joins)
        {
            text.Append(' ').Append(join.Operator.Text).Append(' ');
            Write(join.Right, text, binding + 1);
        }
    }

    static void WriteIndicator(Expression.Indicator indicator, StringBuilder text)
    {
        var arguments = indicator.Sources.Select(source => ("", source)).ToList();
        var skipped = false;
        for (var place = 0; place < indicator.Settings.Count; place++)
        {
            if (indicator.Settings[place] is not { } setting)
            {
                skipped = true;
                continue;
            }

            arguments.Add((skipped ? indicator.Description.Parameters[place].Name + ": " : "", setting));
        }

        text.Append(indicator.Description.Name);
        WriteList(arguments, text);
        if (indicator.Output > 0)
        {
            text.Append('.').Append(indicator.Description.Outputs[indicator.Output].Name);
        }
    }

    static void WriteList(IEnumerable<(string Label, Expression Value)> arguments, StringBuilder text)
    {
        text.Append('(');
        var separator = "";
        foreach (var (label, value) in arguments)
        {
            text.Append(separator).Append(label);
            Write(value, text, 0);
            separator = ", ";
        }

        text.Append(')');
    }

    static int BindingOf(Expression expression) => expression switch
    {
        Expression.Binary binary => binary.Operator.Binding,
        Expression.Not => Operator.NotBinding,
        Expression.Negation => Operator.NegationBinding,
        _ => Operator.PostfixBinding,
    };
}
