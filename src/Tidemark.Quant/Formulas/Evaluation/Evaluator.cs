using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

/// <summary>
/// A part of a running formula. Every part sees every candle, so that its state is the same whatever the others give;
/// conditions are 1 and 0, and NaN is undefined for both.
/// </summary>
abstract class Evaluator
{
    public abstract double Next(in Candle candle);
}
