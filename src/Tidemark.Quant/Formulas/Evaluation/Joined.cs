using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

/// <summary>How two values make one.</summary>
interface IJoin
{
    static abstract double Of(double left, double right);
}

/// <summary>Two parts of the same candle joined into one; both are always fed.</summary>
sealed class Joined<TJoin>(Evaluator left, Evaluator right) : Evaluator
    where TJoin : struct, IJoin
{
    public override double Next(in Candle candle) => TJoin.Of(left.Next(in candle), right.Next(in candle));
}

readonly struct Addition : IJoin
{
    public static double Of(double left, double right) => Finite.OrUndefined(left + right);
}

readonly struct Subtraction : IJoin
{
    public static double Of(double left, double right) => Finite.OrUndefined(left - right);
}

readonly struct Multiplication : IJoin
{
    public static double Of(double left, double right) => Finite.OrUndefined(left * right);
}

readonly struct Division : IJoin
{
    public static double Of(double left, double right) => right == 0 ? double.NaN : Finite.OrUndefined(left / right);
}

readonly struct Smaller : IJoin
{
    public static double Of(double left, double right) => Math.Min(left, right);
}

readonly struct Larger : IJoin
{
    public static double Of(double left, double right) => Math.Max(left, right);
}

readonly struct LessThan : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left < right, left, right);
}

readonly struct AtMost : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left <= right, left, right);
}

readonly struct MoreThan : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left > right, left, right);
}

readonly struct AtLeast : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left >= right, left, right);
}

readonly struct EqualTo : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left == right, left, right);
}

readonly struct Unlike : IJoin
{
    public static double Of(double left, double right) => Truth.Of(left != right, left, right);
}

/// <summary>A false side settles it even where the other is undefined.</summary>
readonly struct Both : IJoin
{
    public static double Of(double left, double right) => left == 0 || right == 0 ? 0 : left * right;
}

/// <summary>A true side settles it even where the other is undefined.</summary>
readonly struct Either : IJoin
{
    public static double Of(double left, double right) => left == 1 || right == 1 ? 1 : left + right;
}

static class Finite
{
    public static double OrUndefined(double value) => double.IsFinite(value) ? value : double.NaN;
}

static class Truth
{
    public static double Of(bool holds, double left, double right)
    {
        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return double.NaN;
        }

        return holds ? 1 : 0;
    }
}
