using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>One combination of parameters and what it gave.</summary>
/// <param name="Values">Values of all parameters in the order of the strategy's description.</param>
/// <param name="Result">What it gave.</param>
/// <param name="Score">Its score by the objective asked for; null where undefined or where there were too few trades.</param>
public sealed record OptimiserTrial(double[] Values, TrialResult Result, double? Score)
{
    /// <summary>Rate without risk a year, which ratios are above.</summary>
    public double RiskFreeRate { get; init; }

    /// <summary>Sharpe ratio a day; null where equity did not move.</summary>
    public double? DailyRatio => Significance.DailyRatioOf(Result.DailyReturns, RiskFreeRate);
}

/// <summary>All trials of a search.</summary>
public sealed class OptimiserTable
{
    internal OptimiserTable(OptimiserPlan plan, ReturnSettings returns, IReadOnlyList<OptimiserTrial> trials, int unreasonable)
    {
        (Plan, Returns, Trials, Unreasonable) = (plan, returns, trials, unreasonable);
        Ranked = [.. trials.OrderByDescending(trial => trial.Score ?? double.NegativeInfinity)];
        Tally = TrialTally.OfSearch(trials.Select(trial => trial.DailyRatio));
    }

    /// <summary>What was searched.</summary>
    public ParameterSpace Space => Plan.Space;

    /// <summary>What trials are ranked by.</summary>
    public Objective Objective => Plan.Objective;

    /// <summary>Combinations left out because they make no sense, a count.</summary>
    public int Unreasonable { get; }

    /// <summary>The trials in the order of their combinations.</summary>
    public IReadOnlyList<OptimiserTrial> Trials { get; }

    /// <summary>The trials, best first; those without a score last.</summary>
    public IReadOnlyList<OptimiserTrial> Ranked { get; }

    /// <summary>The best trial; null where none has a score.</summary>
    public OptimiserTrial? Best => Ranked is [{ Score: not null } best, ..] ? best : null;

    /// <summary>What the trials add to all that was ever tried.</summary>
    public TrialTally Tally { get; }

    /// <summary>What ratios are measured against.</summary>
    public ReturnSettings Returns { get; }

    internal OptimiserPlan Plan { get; }

    /// <summary>How often the best of one half of the record is no good in the other; null where it cannot be said.</summary>
    public Overfitting? Overfitting(CancellationToken stop = default) =>
        Proof.Overfitting.Of([.. Trials.Select(trial => trial.Result.DailyReturns)], Returns.RiskFreeRate, stop);

    /// <summary>Scores over two parameters, whatever the others were; by the table's objective or another measure of a trial.</summary>
    public HeatMap HeatMap(string x, string y, Func<OptimiserTrial, double?>? measure = null) =>
        Optimising.HeatMap.Of(this, x, y, measure ?? (trial => trial.Score));
}
