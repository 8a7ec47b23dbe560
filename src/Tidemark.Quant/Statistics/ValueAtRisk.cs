namespace Tidemark.Quant.Statistics;

/// <summary>Losses in the tail, as fractions of value and positive for a loss; times the value they are money. Null where undefined.</summary>
public sealed record ValueAtRisk
{
    /// <summary>The loss at the tail's quantile, never below 0.</summary>
    public double? Historical { get; init => field = value.Defined(); }

    /// <summary>The return at the tail's quantile, as it is.</summary>
    public double? HistoricalQuantile { get; init => field = value.Defined(); }

    /// <summary>The mean loss over the worst returns.</summary>
    public double? HistoricalShortfall { get; init => field = value.Defined(); }

    /// <summary>How many returns the shortfall is the mean of.</summary>
    public int TailCount { get; init; }

    /// <summary>The loss at the quantile of a normal distribution.</summary>
    public double? Parametric { get; init => field = value.Defined(); }

    /// <summary>The mean loss in the tail of a normal distribution.</summary>
    public double? ParametricShortfall { get; init => field = value.Defined(); }

    /// <summary>The loss at the normal quantile corrected for skewness and kurtosis.</summary>
    public double? CornishFisher { get; init => field = value.Defined(); }

    /// <summary>The corrected quantile, in standard deviations.</summary>
    public double? CornishFisherZ { get; init => field = value.Defined(); }

    /// <summary>The tail of simple returns at a probability.</summary>
    public static ValueAtRisk Of(ReadOnlySpan<double> returns, double tail)
    {
        Sample.RequireFinite(returns);
        double[] sorted = [.. returns];
        Array.Sort(sorted);
        var worst = sorted.AsSpan(0, (int)Math.Ceiling(tail * sorted.Length));
        var mean = Sample.Mean(returns);
        var deviation = Sample.StandardDeviation(returns);
        var z = NormalDistribution.Quantile(tail);
        var corrected = Correct(z, Sample.Skewness(returns), Sample.Kurtosis(returns));
        var quantile = Sample.Quantile(sorted, tail);
        return new ValueAtRisk
        {
            Historical = quantile is { } loss ? Math.Max(0, -loss) : null,
            HistoricalQuantile = quantile,
            HistoricalShortfall = -Sample.Mean(worst),
            TailCount = worst.Length,
            Parametric = -(mean + (z * deviation)),
            ParametricShortfall = -(mean - (deviation * NormalDistribution.Density(z) / tail)),
            CornishFisher = -(mean + (corrected * deviation)),
            CornishFisherZ = corrected,
        };
    }

    static double? Correct(double z, double? skewness, double? kurtosis) =>
        z
        + (((z * z) - 1) * skewness / 6)
        + (((z * z * z) - (3 * z)) * (kurtosis - 3) / 24)
        - (((2 * z * z * z) - (5 * z)) * skewness * skewness / 36);
}
