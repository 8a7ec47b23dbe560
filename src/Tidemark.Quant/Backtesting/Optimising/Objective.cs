using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>What trials are ranked by; more is better.</summary>
public enum Objective
{
    /// <summary>Sharpe ratio a year.</summary>
    Sharpe,

    /// <summary>Sortino ratio a year.</summary>
    Sortino,

    /// <summary>Growth over the whole stretch, a fraction.</summary>
    TotalReturn,

    /// <summary>Growth over the deepest drawdown of days' ends.</summary>
    ReturnOverDrawdown,

    /// <summary>Sum of the gains of winning days over the sum of the losses of losing ones.</summary>
    GainOverLoss,
}

/// <summary>Measures daily returns by an objective.</summary>
public static class Objectives
{
    /// <summary>The score, in the unit of the objective; null where undefined.</summary>
    public static double? Score(this Objective objective, ReadOnlySpan<double> returns, ReturnSettings? settings = null)
    {
        settings ??= ReturnSettings.Default;
        return objective switch
        {
            Objective.Sharpe => ((Sample.Mean(returns) - (settings.RiskFreeRate / settings.PeriodsPerYear)).Over(Sample.StandardDeviation(returns))
                * Math.Sqrt(settings.PeriodsPerYear)).Defined(),
            Objective.Sortino => Sortino(returns, settings),
            Objective.TotalReturn => TotalReturn(returns),
            Objective.ReturnOverDrawdown => TotalReturn(returns).Over(Drawdown.Of(returns).Deepest).Defined(),
            Objective.GainOverLoss => GainOverLoss(returns),
            _ => throw new ArgumentOutOfRangeException(nameof(objective)),
        };
    }

    static double? Sortino(ReadOnlySpan<double> returns, ReturnSettings settings)
    {
        var (minimum, squares) = (settings.MinimumRate / settings.PeriodsPerYear, 0.0);
        foreach (var change in returns)
        {
            var shortfall = Math.Min(change - minimum, 0);
            squares += shortfall * shortfall;
        }

        return ((Sample.Mean(returns) - minimum) * Math.Sqrt(settings.PeriodsPerYear)).Over(Math.Sqrt(squares / Math.Max(1, returns.Length))).Defined();
    }

    static double? TotalReturn(ReadOnlySpan<double> returns)
    {
        var growth = 1.0;
        foreach (var change in returns)
        {
            growth *= 1 + change;
        }

        return returns.IsEmpty ? null : ((double?)(growth - 1)).Defined();
    }

    static double? GainOverLoss(ReadOnlySpan<double> returns)
    {
        var (gains, losses) = (0.0, 0.0);
        foreach (var change in returns)
        {
            gains += Math.Max(change, 0);
            losses -= Math.Min(change, 0);
        }

        return ((double?)gains).Over(losses).Defined();
    }
}
