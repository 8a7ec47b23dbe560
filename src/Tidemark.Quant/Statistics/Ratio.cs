namespace Tidemark.Quant.Statistics;

static class Ratio
{
    /// <summary>A quotient, undefined where the divisor is zero.</summary>
    public static double? Over(this double? value, double? divisor) => divisor is null or 0 ? null : value / divisor;

    /// <summary>A figure, undefined where it is too large for a number or comes of such.</summary>
    public static double? Defined(this double? value) => value is { } number && double.IsFinite(number) ? value : null;
}
