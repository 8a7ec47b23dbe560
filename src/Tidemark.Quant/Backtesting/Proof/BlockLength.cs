namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>
/// How long the blocks of a bootstrap must be on average so that resamples keep the memory of a series
/// (Politis and White 2004, as corrected by Patton, Politis and White 2009, for the stationary bootstrap).
/// </summary>
public static class BlockLength
{
    const double Significant = 2;

    /// <summary>The mean length, a number of periods, at least 1.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        if (n < 8)
        {
            return 1;
        }

        var quiet = Math.Max(5, (int)Math.Ceiling(Math.Sqrt(Math.Log10(n))));
        var furthest = Math.Min(n - 1, (int)Math.Ceiling(Math.Sqrt(n)) + quiet);
        var covariances = Covariances(values, furthest);
        if (covariances[0] <= 0)
        {
            return 1;
        }

        var bandwidth = Math.Min(2 * Math.Max(1, LastOfMemory(covariances, quiet, Significant * Math.Sqrt(Math.Log10(n) / n))), furthest);
        var (spectrum, slope) = (covariances[0], 0.0);
        for (var lag = 1; lag <= bandwidth; lag++)
        {
            var weight = Math.Min(1, 2 * (1 - ((double)lag / bandwidth)));
            spectrum += 2 * weight * covariances[lag];
            slope += 2 * weight * lag * covariances[lag];
        }

        var length = Math.Cbrt(slope * slope / (spectrum * spectrum) * n);
        return double.IsFinite(length) ? Math.Clamp(length, 1, Math.Ceiling(Math.Min(3 * Math.Sqrt(n), n / 3.0))) : 1;
    }

    // The lag after which so many in a row say nothing; where there is none, the last that says something.
    static int LastOfMemory(double[] covariances, int quiet, double threshold)
    {
        var (run, last) = (0, 0);
        for (var lag = 1; lag < covariances.Length; lag++)
        {
            if (Math.Abs(covariances[lag] / covariances[0]) >= threshold)
            {
                (run, last) = (0, lag);
            }
            else if (++run == quiet)
            {
                return lag - quiet;
            }
        }

        return last;
    }

    static double[] Covariances(ReadOnlySpan<double> values, int furthest)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var covariances = new double[furthest + 1];
        for (var lag = 0; lag <= furthest; lag++)
        {
            var sum = 0.0;
            for (var i = lag; i < values.Length; i++)
            {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }

            covariances[lag] = sum / values.Length;
        }

        return covariances;
    }
}
