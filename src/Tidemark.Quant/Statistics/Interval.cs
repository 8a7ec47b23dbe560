namespace Tidemark.Quant.Statistics;

/// <summary>An estimate with the range that holds the true value with a given confidence, and what it rests on.</summary>
/// <param name="Estimate">The estimate, in the unit of what is measured.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Cases">Cases it rests on, a count.</param>
public readonly record struct Interval(double Estimate, double Low, double High, int Cases)
{
    /// <summary>Wilson's score interval of a hit rate; null of no cases. Rates are fractions.</summary>
    public static Interval? Wilson(int hits, int cases, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, cases);
        if (cases == 0)
        {
            return null;
        }

        var z = NormalDistribution.Quantile((1 + confidence) / 2);
        var rate = (double)hits / cases;
        var weight = z * z / cases;
        var centre = (rate + (weight / 2)) / (1 + weight);
        var reach = z / (1 + weight) * Math.Sqrt((rate * (1 - rate) / cases) + (weight / 4 / cases));
        return new Interval(rate, hits == 0 ? 0 : centre - reach, hits == cases ? 1 : centre + reach, cases);
    }

    /// <summary>
    /// The median, in the unit of the values, between the order statistics that hold the true one whatever the distribution
    /// (binomial ranks by the normal approximation; all the sample where it is small); null of no values.
    /// </summary>
    public static Interval? OfMedian(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        var reach = NormalDistribution.Quantile((1 + confidence) / 2) * Math.Sqrt(sorted.Length) / 2;
        var low = Math.Max(0, (int)Math.Floor((sorted.Length / 2.0) - reach) - 1);
        return new Interval(Sample.Quantile(sorted, 0.5)!.Value, sorted[low], sorted[sorted.Length - 1 - low], sorted.Length);
    }

    /// <summary>The mean, in the unit of the values, with the interval of the normal approximation; null of no values. For many values; of few, the bootstrap is the better one.</summary>
    public static Interval? OfMean(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var mean = Sample.Mean(values)!.Value;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var error = values.Length < 2 ? 0 : Math.Sqrt(squares / (values.Length - 1) / values.Length);
        var reach = NormalDistribution.Quantile((1 + confidence) / 2) * error;
        return new Interval(mean, mean - reach, mean + reach, values.Length);
    }

    /// <summary>Percentile bootstrap of the mean, in the unit of the values; null of no values.</summary>
    public static Interval? BootstrapOfMean(ReadOnlySpan<double> values, Random random, int resamples = 2_000, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (values.IsEmpty)
        {
            return null;
        }

        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0.0;
            for (var draw = 0; draw < values.Length; draw++)
            {
                sum += values[random.Next(values.Length)];
            }

            means[i] = sum / values.Length;
        }

        Array.Sort(means);
        var tail = (1 - confidence) / 2;
        return new Interval(Sample.Mean(values)!.Value, Sample.Quantile(means, tail)!.Value, Sample.Quantile(means, 1 - tail)!.Value, values.Length);
    }
}
