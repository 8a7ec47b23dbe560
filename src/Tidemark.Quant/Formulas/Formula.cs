using Tidemark.Quant.Formulas.Evaluation;
using Tidemark.Quant.Formulas.Syntax;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas;

/// <summary>
/// A custom indicator or a condition, parsed and checked: names are known, types agree, depth and cost are bounded.
/// </summary>
public sealed class Formula
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int LongestText = 4_000;

    Formula(Expression root, IReadOnlyList<FormulaParameter> parameters)
    {
        Root = root;
        Parameters = parameters;
        StepsPerCandle = Cost.Of(root);
    }

    /// <summary>The tree of its parts.</summary>
    public Expression Root { get; }

    /// <summary>The settings it declares, used or not.</summary>
    public IReadOnlyList<FormulaParameter> Parameters { get; }

    /// <summary>What it gives each candle.</summary>
    public FormulaType Type => Root.Type;

    /// <summary>An upper bound of its work and memory on a candle, in steps of a few arithmetic operations.</summary>
    public long StepsPerCandle { get; }

    /// <summary>Reads a formula; one that cannot be used is refused with a message for its writer.</summary>
    public static Formula Parse(string text, params IReadOnlyList<FormulaParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new FormulaException(new TextPosition(1, 1), $"the formula has {text.Length} characters; {LongestText} are allowed");
        }

        var formula = new Formula(new Parser(text, new Vocabulary(parameters)).ReadAll(), parameters);
        return formula.StepsPerCandle <= Cost.Limit
            ? formula
            : throw new FormulaException(
                formula.Root.At,
                $"the formula may take {formula.StepsPerCandle:N0} steps a candle, {Cost.Limit:N0} are allowed; use shorter periods or fewer indicators");
    }

    /// <summary>Starts it on candles of a timeframe, with its parameters at their defaults or at the values given by name.</summary>
    public FormulaRun Start(Timeframe timeframe, IReadOnlyDictionary<string, double>? values = null) =>
        new(Compiler.Compile(Root, timeframe, new Settings(Parameters, values)));

    /// <summary>How many candles of a timeframe it wants to see before its values no longer depend on where it began, within a rounding.</summary>
    public int CandlesToSettle(Timeframe timeframe) => Settling.CandlesOf(Root, timeframe);

    /// <summary>Its usual form, which parses back to the same tree.</summary>
    public override string ToString() => Printer.Print(Root);
}
