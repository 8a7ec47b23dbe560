namespace Tidemark.Quant.Statistics;

/// <summary>What return statistics are measured against; all rates are fractions.</summary>
/// <param name="PeriodsPerYear">Returns in a year; 365 for crypto's daily ones.</param>
/// <param name="RiskFreeRate">Risk-free rate a year.</param>
/// <param name="MinimumRate">Minimum acceptable return a year.</param>
/// <param name="Tail">Probability of the tail that value at risk looks at.</param>
public sealed record ReturnSettings(double PeriodsPerYear = 365, double RiskFreeRate = 0, double MinimumRate = 0, double Tail = 0.05)
{
    /// <summary>Daily returns, no risk-free rate, no minimum, a tail of 5 %.</summary>
    public static ReturnSettings Default { get; } = new();

    /// <summary>Whether measuring makes sense: finite rates, a positive number of periods, a tail above 0 and below 1.</summary>
    public bool MakeSense => double.IsFinite(PeriodsPerYear) && PeriodsPerYear > 0 && double.IsFinite(RiskFreeRate) && double.IsFinite(MinimumRate) && Tail is > 0 and < 1;

    internal ReturnSettings Checked() =>
        MakeSense ? this : throw new InvalidOperationException($"cannot measure with {this}");
}
