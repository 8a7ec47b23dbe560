namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>Population variances and covariance of two spans of the same length.</summary>
readonly record struct Covariance(double VarianceA, double VarianceB, double Joint)
{
    public static Covariance Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var meanA = Sample.Mean(a);
        var meanB = Sample.Mean(b);
        var aa = 0.0;
        var bb = 0.0;
        var ab = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var fromA = a[i] - meanA;
            var fromB = b[i] - meanB;
            aa += fromA * fromA;
            bb += fromB * fromB;
            ab += fromA * fromB;
        }

        return new Covariance(aa / a.Length, bb / a.Length, ab / a.Length);
    }
}
