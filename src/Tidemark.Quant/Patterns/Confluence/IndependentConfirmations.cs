namespace Tidemark.Quant.Patterns.Confluence;

/// <summary>
/// How many of several confirmations are effectively independent. Five timeframes that always say the same are one confirmation:
/// n / (1 + (n-1) × mean correlation), negative correlations counted as none.
/// </summary>
public static class IndependentConfirmations
{
    /// <summary>The effective count, between 1 and the number of sources, from what each source said at the same moments; each row is one source, directions as -1, 0, +1. 0 of none.</summary>
    public static double Count(IReadOnlyList<IReadOnlyList<Direction>> sources)
    {
        if (sources.Count <= 1)
        {
            return sources.Count;
        }

        var correlations = new List<double>();
        for (var first = 0; first < sources.Count; first++)
        {
            for (var second = first + 1; second < sources.Count; second++)
            {
                correlations.Add(Correlation(sources[first], sources[second]));
            }
        }

        return Count(sources.Count, correlations);
    }

    /// <summary>The effective count of some sources whose pairwise correlations are known; every pair is named once.</summary>
    public static double Count(int sources, IReadOnlyCollection<double> correlations) =>
        sources <= 1 || correlations.Count == 0 ? sources : sources / (1 + ((sources - 1) * correlations.Average(correlation => Math.Max(0, correlation))));

    /// <summary>How alike two sources speak, -1 to 1. Sources that never change confirm nothing that is not known: they count as one another's copies.</summary>
    public static double Correlation(IReadOnlyList<Direction> left, IReadOnlyList<Direction> right)
    {
        if (left.Count != right.Count)
        {
            throw new ArgumentException($"Sources of {left.Count} and {right.Count} moments cannot be compared", nameof(right));
        }

        var n = left.Count;
        var (sumLeft, sumRight, squaresLeft, squaresRight, products) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            double x = (int)left[i], y = (int)right[i];
            sumLeft += x;
            sumRight += y;
            squaresLeft += x * x;
            squaresRight += y * y;
            products += x * y;
        }

        var spread = ((n * squaresLeft) - (sumLeft * sumLeft)) * ((n * squaresRight) - (sumRight * sumRight));
        return spread > 0 ? ((n * products) - (sumLeft * sumRight)) / Math.Sqrt(spread) : 1;
    }
}
