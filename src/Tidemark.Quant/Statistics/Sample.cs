namespace Tidemark.Quant.Statistics;

/// <summary>Moments and quantiles of a sample; null where they are undefined.</summary>
public static class Sample
{
    /// <summary>Sum with the lost digits carried along.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    /// <summary>Mean, in the unit of the values; null of none.</summary>
    public static double? Mean(ReadOnlySpan<double> values) => values.IsEmpty ? null : Sum(values) / values.Length;

    /// <summary>Standard deviation of the sample (n-1), in the unit of the values; null below two, exactly 0 where all are equal.</summary>
    public static double? StandardDeviation(ReadOnlySpan<double> values) =>
        values.Length < 2 ? null : Math.Sqrt(CentralSum(values, 2) / (values.Length - 1));

    /// <summary>Skewness of the population; null where the values do not vary.</summary>
    public static double? Skewness(ReadOnlySpan<double> values) =>
        PopulationVariance(values) is { } variance and > 0 ? CentralSum(values, 3) / values.Length / Math.Pow(variance, 1.5) : null;

    /// <summary>Raw kurtosis of the population, 3 for the normal distribution; null where the values do not vary.</summary>
    public static double? Kurtosis(ReadOnlySpan<double> values) =>
        PopulationVariance(values) is { } variance and > 0 ? CentralSum(values, 4) / values.Length / (variance * variance) : null;

    /// <summary>The value below which a share of the sample lies, by linear interpolation (type 7); the sample must be sorted; null of none.</summary>
    public static double? Quantile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return null;
        }

        var position = share * (sorted.Length - 1);
        var below = Math.Min((int)position, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    internal static void RequireFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(values), value, "only finite numbers can be measured");
            }
        }
    }

    static double? PopulationVariance(ReadOnlySpan<double> values) => values.IsEmpty ? null : CentralSum(values, 2) / values.Length;

    static double CentralSum(ReadOnlySpan<double> values, int power)
    {
        if (!values.ContainsAnyExcept(values[0]))
        {
            return 0;
        }

        var mean = Sum(values) / values.Length;
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var distance = value - mean;
            var term = power switch
            {
                2 => distance * distance,
                3 => distance * distance * distance,
                _ => distance * distance * distance * distance,
            };
            var next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
