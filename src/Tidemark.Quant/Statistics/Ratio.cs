namespace Tidemark.Quant.Statistics;

static class Ratio
{
    /// <summary>A quotient, undefined where the divisor is zero.</summary>
    public static double? Over(this double? value, double? divisor) => divisor is null or 0 ? null : value / divisor;
}
