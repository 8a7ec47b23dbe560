using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>How far the figures of a record could have been off by luck alone; each is null where it is undefined.</summary>
/// <param name="Sharpe">Sharpe ratio a year.</param>
/// <param name="TotalReturn">Growth over the whole record, a fraction.</param>
/// <param name="Drawdown">Deepest loss from a peak, a fraction.</param>
/// <param name="BlockLength">Mean length of the blocks drawn, in periods.</param>
/// <param name="Resamples">Records drawn, a count.</param>
public sealed record RecordIntervals(Interval? Sharpe, Interval? TotalReturn, Interval? Drawdown, double BlockLength, int Resamples);

/// <summary>
/// The stationary block bootstrap (Politis and Romano 1994): records as long as the real one are drawn from it in blocks of random length, which
/// keeps the memory between neighbouring days. The same random numbers give the same intervals.
/// </summary>
public static class BlockBootstrap
{
    /// <summary>Percentile intervals of a record of simple returns, one a period; the risk-free rate is one a year.</summary>
    public static RecordIntervals Intervals(
        ReadOnlySpan<double> returns, Random random, int resamples = 1_000, double confidence = 0.95, double periodsPerYear = 365, double riskFreeRate = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        Sample.RequireFinite(returns);
        if (returns.Length < 2)
        {
            return new RecordIntervals(null, null, null, 1, 0);
        }

        var block = BlockLength.Of(returns);
        var (sharpes, totals, drawdowns) = (new double[resamples], new double[resamples], new double[resamples]);
        var (mean, riskFree) = (Sample.Mean(returns)!.Value, riskFreeRate / periodsPerYear);
        var measured = 0;
        for (var i = 0; i < resamples; i++)
        {
            var drawn = Draw(returns, random, block, mean, riskFree);
            (totals[i], drawdowns[i]) = (drawn.Total, drawn.Drawdown);
            if (drawn.Ratio is { } ratio)
            {
                sharpes[measured++] = ratio * Math.Sqrt(periodsPerYear);
            }
        }

        var statistics = (Ratio: SharpeOf(returns, periodsPerYear, riskFree), Total: TotalOf(returns), Statistics.Drawdown.Of(returns).Deepest);
        return new RecordIntervals(
            Middle(sharpes.AsSpan(0, measured), statistics.Ratio, confidence, returns.Length),
            Middle(totals, statistics.Total, confidence, returns.Length),
            Middle(drawdowns, statistics.Deepest, confidence, returns.Length),
            block,
            resamples);
    }

    readonly record struct Drawn(double? Ratio, double Total, double Drawdown);

    static Drawn Draw(ReadOnlySpan<double> returns, Random random, double block, double mean, double riskFree)
    {
        var ends = block > 1 ? 1 / Math.Log(1 - (1 / block)) : 0;
        var (sum, squares, equity, peak, lowest) = (0.0, 0.0, 1.0, 1.0, 1.0);
        var left = returns.Length;
        while (left > 0)
        {
            var at = random.Next(returns.Length);
            var length = ends == 0 ? 1 : (int)Math.Min(left, 1 + Math.Floor(Math.Log(1 - random.NextDouble()) * ends));
            left -= length;
            for (; length > 0; length--)
            {
                var change = returns[at];
                at = at + 1 == returns.Length ? 0 : at + 1;
                var distance = change - mean;
                sum += distance;
                squares += distance * distance;
                equity *= 1 + change;
                if (equity > peak)
                {
                    peak = equity;
                }
                else if (equity < lowest * peak)
                {
                    lowest = equity / peak;
                }
            }
        }

        var (n, shift) = (returns.Length, sum / returns.Length);
        var variance = (squares - (sum * shift)) / (n - 1);
        return new Drawn(variance > squares * 1e-12 / n && variance > 0 ? (mean + shift - riskFree) / Math.Sqrt(variance) : null, equity - 1, 1 - lowest);
    }

    static Interval? Middle(Span<double> draws, double? estimate, double confidence, int cases)
    {
        if (draws.IsEmpty || estimate is null)
        {
            return null;
        }

        draws.Sort();
        var tail = (1 - confidence) / 2;
        var (low, high) = (Sample.Quantile(draws, tail)!.Value, Sample.Quantile(draws, 1 - tail)!.Value);
        return double.IsFinite(low) && double.IsFinite(high) ? new Interval(estimate.Value, low, high, cases) : null;
    }

    static double? SharpeOf(ReadOnlySpan<double> returns, double periodsPerYear, double riskFree) =>
        (Sample.Mean(returns) - riskFree).Over(Sample.StandardDeviation(returns)) * Math.Sqrt(periodsPerYear);

    static double? TotalOf(ReadOnlySpan<double> returns)
    {
        var equity = 1.0;
        foreach (var change in returns)
        {
            equity *= 1 + change;
        }

        return ((double?)(equity - 1)).Defined();
    }
}
