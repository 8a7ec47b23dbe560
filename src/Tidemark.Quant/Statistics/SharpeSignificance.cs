namespace Tidemark.Quant.Statistics;

/// <summary>How likely a Sharpe ratio is more than luck. All ratios here are per period, not per year; kurtosis is raw, 3 for the normal distribution.</summary>
public static class SharpeSignificance
{
    const double EulerMascheroni = 0.57721566490153286;

    /// <summary>Probability, 0 to 1, that the true ratio is above a benchmark; null where undefined.</summary>
    public static double? Probabilistic(double ratio, double benchmark, int returns, double skewness, double kurtosis)
    {
        var spread = 1 - (skewness * ratio) + ((kurtosis - 1) / 4 * ratio * ratio);
        return returns > 1 && spread > 0
            ? NormalDistribution.Probability((ratio - benchmark) * Math.Sqrt(returns - 1) / Math.Sqrt(spread))
            : null;
    }

    /// <summary>The best ratio that so many trials without skill are expected to show, from the variance of the ratios tried; 0 for a single trial.</summary>
    public static double ExpectedBest(int trials, double varianceOfRatios)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(varianceOfRatios);
        return trials == 1
            ? 0
            : Math.Sqrt(varianceOfRatios)
                * (((1 - EulerMascheroni) * NormalDistribution.Quantile(1 - (1.0 / trials)))
                    + (EulerMascheroni * NormalDistribution.Quantile(1 - (1 / (trials * Math.E)))));
    }

    /// <summary>Probability, 0 to 1, that the true ratio is above what so many trials would show by luck; null where undefined.</summary>
    public static double? Deflated(double ratio, int returns, double skewness, double kurtosis, int trials, double varianceOfRatios) =>
        Probabilistic(ratio, ExpectedBest(trials, varianceOfRatios), returns, skewness, kurtosis);
}
