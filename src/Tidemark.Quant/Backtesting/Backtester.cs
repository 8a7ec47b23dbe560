using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>Runs a strategy over a stretch of history.</summary>
public static class Backtester
{
    /// <summary>Runs it with given settings, a missing one at its default; deterministic: the same input gives the same result, bit for bit.</summary>
    public static BacktestResult Run(
        StrategyDescription strategy,
        IReadOnlyDictionary<string, double>? parameters,
        BacktestInput input,
        BacktestSettings settings,
        CancellationToken stop = default) =>
        strategy.Runner.Run(Job.Of(strategy, parameters, input, settings), columns: null, TrialPeriod.All, stop);
}
