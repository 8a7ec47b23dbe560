using Tidemark.Quant.Formulas.Evaluation;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas;

/// <summary>A formula at work on one series of candles, fed one closed candle at a time.</summary>
public sealed class FormulaRun
{
    readonly Evaluator root;

    internal FormulaRun(Evaluator root) => this.root = root;

    /// <summary>Takes the next closed candle and answers the value: a number in its own unit, 1 or 0 for a condition, NaN where undefined.</summary>
    public double Next(in Candle candle) => root.Next(in candle);

    /// <summary>Takes the next closed candle and answers whether the condition holds; one that is undefined does not.</summary>
    public bool Holds(in Candle candle) => root.Next(in candle) == 1;
}
