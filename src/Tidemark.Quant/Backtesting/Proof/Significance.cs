using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>How much a record of daily returns says beyond luck; every figure is null where it is undefined.</summary>
public sealed record Significance
{
    /// <summary>Days in a year, for figures a year.</summary>
    const double DaysAYear = 365;

    /// <summary>Returns it rests on, in days.</summary>
    public required int Days { get; init; }

    /// <summary>Sharpe ratio a year.</summary>
    public double? Sharpe { get; init; }

    /// <summary>Sharpe ratio a day: the unit in which trials are tallied.</summary>
    public double? DailyRatio { get; init; }

    /// <summary>Probability, 0 to 1, that the true Sharpe ratio is above 0, were this the only trial.</summary>
    public double? Probabilistic { get; init; }

    /// <summary>Probability, 0 to 1, that the true Sharpe ratio is above what the best of all trials shows by luck.</summary>
    public double? Deflated { get; init; }

    /// <summary>Sharpe ratio a year that the best of all trials is expected to show by luck.</summary>
    public required double SharpeOfLuck { get; init; }

    /// <summary>Days after which such a ratio would be above 0 with 95 % confidence; null where it is not above 0.</summary>
    public double? ShortestRecord { get; init; }

    /// <summary>The trials it was deflated by, its own among them.</summary>
    public required TrialTally Trials { get; init; }

    /// <summary>95 % intervals of a block bootstrap.</summary>
    public required RecordIntervals Intervals { get; init; }

    /// <summary>
    /// Measures a record of simple daily returns against all trials, the record's own among them. Ratios are of what is above the risk-free rate, given a year.
    /// </summary>
    public static Significance Of(ReadOnlySpan<double> returns, TrialTally trials, Random random, int resamples = 1_000, double riskFreeRate = 0)
    {
        Sample.RequireFinite(returns);
        var ratio = DailyRatioOf(returns, riskFreeRate);
        var luck = trials.RatioOfLuck(returns.Length);
        var (skewness, kurtosis) = (Sample.Skewness(returns), Sample.Kurtosis(returns));
        var significance = new Significance
        {
            Days = returns.Length,
            DailyRatio = ratio,
            Sharpe = ratio * Math.Sqrt(DaysAYear),
            SharpeOfLuck = luck * Math.Sqrt(DaysAYear),
            Trials = trials,
            Intervals = BlockBootstrap.Intervals(returns, random, resamples, periodsPerYear: DaysAYear, riskFreeRate: riskFreeRate),
        };
        return ratio is { } measured && skewness is { } skew && kurtosis is { } kurt
            ? significance with
            {
                Probabilistic = SharpeSignificance.Probabilistic(measured, 0, returns.Length, skew, kurt),
                Deflated = SharpeSignificance.Probabilistic(measured, luck, returns.Length, skew, kurt),
                ShortestRecord = TrackRecordLength.Shortest(measured, 0, skew, kurt),
            }
            : significance;
    }

    /// <summary>The Sharpe ratio a day of simple daily returns above the risk-free rate, given a year; null where they do not vary.</summary>
    public static double? DailyRatioOf(ReadOnlySpan<double> returns, double riskFreeRate = 0) =>
        (Sample.Mean(returns) - (riskFreeRate / DaysAYear)).Over(Sample.StandardDeviation(returns)).Defined();
}
