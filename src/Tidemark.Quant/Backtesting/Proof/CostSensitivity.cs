using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.WalkingForward;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>A record with all its costs multiplied.</summary>
/// <param name="Factor">What fees, spread and slippage were multiplied by.</param>
/// <param name="TotalReturn">Growth, a fraction.</param>
/// <param name="Sharpe">Sharpe ratio a year; null where undefined.</param>
/// <param name="Trades">Closed trades, a count.</param>
public readonly record struct CostLevel(double Factor, double TotalReturn, double? Sharpe, int Trades);

/// <summary>What would be left if trading were free, and if it cost two and three times as much.</summary>
public static class CostSensitivity
{
    /// <summary>The factors that are tried.</summary>
    public static IReadOnlyList<double> Factors { get; } = [0, 1, 2, 3];

    /// <summary>Runs stretches, each with its own parameters and with the money the last one ended with, at every level of costs.</summary>
    internal static IReadOnlyList<CostLevel> Of(
        TrialRunner runner, BacktestSettings settings, IReadOnlyList<(IReadOnlyDictionary<string, double> Parameters, TrialPeriod Period)> stretches, CancellationToken stop)
    {
        var levels = new CostLevel[Factors.Count];
        Parallel.For(0, levels.Length, new ParallelOptions { CancellationToken = stop, TaskScheduler = TaskScheduler.Current }, i => levels[i] = At(Factors[i], runner, settings, stretches, stop));
        return levels;
    }

    static CostLevel At(
        double factor, TrialRunner runner, BacktestSettings settings, IReadOnlyList<(IReadOnlyDictionary<string, double> Parameters, TrialPeriod Period)> stretches, CancellationToken stop)
    {
        var trials = runner.With(settings.WithCosts(factor));
        var (money, trades, returns) = (settings.InitialCash, 0, new List<double>());
        for (var i = 0; i < stretches.Count && money > 0; i++)
        {
            var trial = trials.Run(stretches[i].Parameters, stretches[i].Period, money, stop);
            if (i > 0)
            {
                returns.Add((trial.FirstEquity / money) - 1);
            }

            returns.AddRange(trial.DailyReturns);
            trades += trial.Trades;
            money = trial.FinalEquity;
        }

        return new CostLevel(factor, (money / settings.InitialCash) - 1, Objective.Sharpe.Score(returns.ToArray(), settings.Returns), trades);
    }

    internal static IReadOnlyList<CostLevel> Of(TrialRunner runner, BacktestSettings settings, WalkForwardResult walked, CancellationToken stop) =>
        Of(runner, settings with { CloseAtEnd = true }, [.. walked.Windows.Select(window => (window.Parameters, window.OutOfSample))], stop);
}
