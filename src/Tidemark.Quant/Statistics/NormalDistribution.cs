namespace Tidemark.Quant.Statistics;

/// <summary>The standard normal distribution, to about fifteen digits.</summary>
public static class NormalDistribution
{
    static readonly double[] CentralTop = [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00];
    static readonly double[] CentralBottom = [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1];
    static readonly double[] TailTop = [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00];
    static readonly double[] TailBottom = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>Density at a number of standard deviations.</summary>
    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Probability, 0 to 1, of a value at or below a number of standard deviations.</summary>
    public static double Probability(double z) => z > 0 ? 1 - LowerTail(-z) : LowerTail(z);

    /// <summary>The number of standard deviations below which a probability lies; the probability is above 0 and below 1.</summary>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        if (probability > 0.5)
        {
            return -Quantile(1 - probability);
        }

        // Acklam's approximation, good to nine digits, then two steps of Halley's method.
        var z = Approximate(probability);
        for (var step = 0; step < 2; step++)
        {
            var miss = (LowerTail(z) - probability) / Density(z);
            z -= miss / (1 + (z * miss / 2));
        }

        return z;
    }

    static double Approximate(double probability)
    {
        if (probability < 0.02425)
        {
            var tail = Math.Sqrt(-2 * Math.Log(probability));
            return Polynomial(TailTop, tail) / Polynomial(TailBottom, tail);
        }

        var centre = probability - 0.5;
        return centre * Polynomial(CentralTop, centre * centre) / Polynomial(CentralBottom, centre * centre);
    }

    static double Polynomial(double[] coefficients, double x)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }

    // Near the middle the power series of the distribution, further out its continued fraction: both converge to the last digits.
    static double LowerTail(double z)
    {
        if (z > -3)
        {
            var (sum, term) = (z, z);
            for (var n = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum) && n < 400; n += 2)
            {
                term *= z * z / n;
                sum += term;
            }

            return 0.5 + (sum * Density(z));
        }

        var fraction = 0.0;
        for (var n = 100; n >= 1; n--)
        {
            fraction = n / (-z + fraction);
        }

        return Density(z) / (-z + fraction);
    }
}
