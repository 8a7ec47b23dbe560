namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>Plain measures of a span of values.</summary>
static class Sample
{
    public static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>Population standard deviation around a mean already known.</summary>
    public static double Deviation(ReadOnlySpan<double> values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return Math.Sqrt(sum / values.Length);
    }

    /// <summary>Mean absolute distance from a mean already known.</summary>
    public static double AbsoluteDeviation(ReadOnlySpan<double> values, double mean)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Abs(value - mean);
        }

        return sum / values.Length;
    }
}
