using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>
/// How many returns it takes before a Sharpe ratio can be told from a benchmark
/// (Bailey and López de Prado, "The Sharpe Ratio Efficient Frontier", 2012).
/// </summary>
public static class TrackRecordLength
{
    /// <summary>
    /// The shortest record, a number of periods, over which such a ratio would be above the benchmark with the given confidence; null where the
    /// ratio is not above it, for then no record is long enough. Ratios are per period, kurtosis is raw.
    /// </summary>
    public static double? Shortest(double ratio, double benchmark, double skewness, double kurtosis, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0.5);
        var spread = 1 - (skewness * ratio) + ((kurtosis - 1) / 4 * ratio * ratio);
        if (!(ratio > benchmark) || !(spread > 0))
        {
            return null;
        }

        var distance = NormalDistribution.Quantile(confidence) / (ratio - benchmark);
        return ((double?)(1 + (spread * distance * distance))).Defined();
    }
}
