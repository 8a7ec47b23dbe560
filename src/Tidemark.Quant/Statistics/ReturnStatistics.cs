namespace Tidemark.Quant.Statistics;

/// <summary>What a series of simple returns says; every figure is null where it is undefined, never 0 or infinite. Rates are fractions.</summary>
public sealed record ReturnStatistics
{
    /// <summary>Returns, a count.</summary>
    public required int Count { get; init; }

    /// <summary>Growth over the whole series, a fraction.</summary>
    public double? TotalReturn { get; init => field = value.Defined(); }

    /// <summary>Compound growth a year, a fraction.</summary>
    public double? AnnualGrowth { get; init => field = value.Defined(); }

    /// <summary>Mean return a period, a fraction.</summary>
    public double? Mean { get; init => field = value.Defined(); }

    /// <summary>Standard deviation of the sample a period, a fraction.</summary>
    public double? Deviation { get; init => field = value.Defined(); }

    /// <summary>Standard deviation a year, a fraction.</summary>
    public double? Volatility { get; init => field = value.Defined(); }

    /// <summary>Sharpe ratio a year.</summary>
    public double? Sharpe { get; init => field = value.Defined(); }

    /// <summary>Deviation below the minimum acceptable return a year, a fraction.</summary>
    public double? DownsideDeviation { get; init => field = value.Defined(); }

    /// <summary>Sortino ratio a year.</summary>
    public double? Sortino { get; init => field = value.Defined(); }

    /// <summary>Depth and length of the losses from a peak.</summary>
    public Drawdown Drawdown { get; init; }

    /// <summary>Annual growth over the deepest drawdown.</summary>
    public double? Calmar { get; init => field = value.Defined(); }

    /// <summary>Losses in the tail.</summary>
    public required ValueAtRisk Risk { get; init; }

    /// <summary>Skewness of the population.</summary>
    public double? Skewness { get; init => field = value.Defined(); }

    /// <summary>Raw kurtosis of the population, 3 for the normal distribution.</summary>
    public double? Kurtosis { get; init => field = value.Defined(); }

    /// <summary>Probability, 0 to 1, that the true Sharpe ratio is above 0.</summary>
    public double? ProbabilityOfSkill { get; init => field = value.Defined(); }

    /// <summary>Sum of gains over sum of losses.</summary>
    public double? Omega { get; init => field = value.Defined(); }

    /// <summary>Sum of all returns over sum of losses.</summary>
    public double? GainToPain { get; init => field = value.Defined(); }

    /// <summary>Size of the right tail's quantile over that of the left.</summary>
    public double? TailRatio { get; init => field = value.Defined(); }

    /// <summary>Leverage that maximises growth if returns were normal: mean over variance.</summary>
    public double? Kelly { get; init => field = value.Defined(); }

    /// <summary>Share of periods with a gain, a fraction.</summary>
    public double? WinRate { get; init => field = value.Defined(); }

    /// <summary>The statistics of simple returns, one a period; returns and settings must be finite numbers.</summary>
    public static ReturnStatistics Of(ReadOnlySpan<double> returns, ReturnSettings? settings = null)
    {
        settings = (settings ?? ReturnSettings.Default).Checked();
        Sample.RequireFinite(returns);
        var yearly = Math.Sqrt(settings.PeriodsPerYear);
        var mean = Sample.Mean(returns);
        var deviation = Sample.StandardDeviation(returns);
        var downside = Downside(returns, settings.MinimumRate / settings.PeriodsPerYear);
        var total = Growth(returns);
        var growth = AnnualGrowthOf(total, returns.Length, settings);
        var drawdown = Drawdown.Of(returns);
        var (gains, losses) = Sides(returns);
        var (skewness, kurtosis) = (Sample.Skewness(returns), Sample.Kurtosis(returns));
        var ratio = (mean - (settings.RiskFreeRate / settings.PeriodsPerYear)).Over(deviation);
        return new ReturnStatistics
        {
            Count = returns.Length,
            TotalReturn = total - 1,
            AnnualGrowth = growth,
            Mean = mean,
            Deviation = deviation,
            Volatility = deviation * yearly,
            Sharpe = ratio * yearly,
            DownsideDeviation = downside * yearly,
            Sortino = ((mean - (settings.MinimumRate / settings.PeriodsPerYear)) * yearly).Over(downside),
            Drawdown = drawdown,
            Calmar = growth.Over(drawdown.Deepest),
            Risk = ValueAtRisk.Of(returns, settings.Tail),
            Skewness = skewness,
            Kurtosis = kurtosis,
            ProbabilityOfSkill = ratio is { } sharpe && skewness is { } skew && kurtosis is { } kurt
                ? SharpeSignificance.Probabilistic(sharpe, 0, returns.Length, skew, kurt)
                : null,
            Omega = ((double?)gains).Over(losses),
            GainToPain = ((double?)(gains - losses)).Over(losses),
            TailRatio = TailRatioOf(returns, settings.Tail),
            Kelly = mean.Over(deviation * deviation),
            WinRate = WinRateOf(returns),
        };
    }

    static double? Growth(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty)
        {
            return null;
        }

        var growth = 1.0;
        foreach (var change in returns)
        {
            growth *= 1 + change;
        }

        return growth;
    }

    static double? AnnualGrowthOf(double? total, int periods, ReturnSettings settings) =>
        total is { } growth and >= 0 ? Math.Pow(growth, settings.PeriodsPerYear / periods) - 1 : null;

    static double? Downside(ReadOnlySpan<double> returns, double minimum)
    {
        if (returns.IsEmpty)
        {
            return null;
        }

        var squares = 0.0;
        foreach (var change in returns)
        {
            var shortfall = Math.Min(change - minimum, 0);
            squares += shortfall * shortfall;
        }

        return Math.Sqrt(squares / returns.Length);
    }

    static (double Gains, double Losses) Sides(ReadOnlySpan<double> returns)
    {
        var (gains, losses) = (0.0, 0.0);
        foreach (var change in returns)
        {
            gains += Math.Max(change, 0);
            losses -= Math.Min(change, 0);
        }

        return (gains, losses);
    }

    static double? TailRatioOf(ReadOnlySpan<double> returns, double tail)
    {
        double[] sorted = [.. returns];
        Array.Sort(sorted);
        var (right, left) = (Sample.Quantile(sorted, 1 - tail), Sample.Quantile(sorted, tail));
        return (right is { } gain ? Math.Abs(gain) : (double?)null).Over(left is { } loss ? Math.Abs(loss) : null);
    }

    static double? WinRateOf(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty)
        {
            return null;
        }

        var wins = 0;
        foreach (var change in returns)
        {
            wins += change > 0 ? 1 : 0;
        }

        return (double)wins / returns.Length;
    }
}
