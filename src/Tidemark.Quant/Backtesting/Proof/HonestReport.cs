using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof.Checks;
using Tidemark.Quant.Backtesting.WalkingForward;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>What is to be judged, and against what.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Parameters">Its settings, a missing one at its default.</param>
/// <param name="Input">The market it runs in.</param>
/// <param name="Settings">What is assumed.</param>
public sealed record HonestyRequest(StrategyDescription Strategy, IReadOnlyDictionary<string, double>? Parameters, BacktestInput Input, BacktestSettings Settings)
{
    /// <summary>Everything this user ever tried before; this run and the search asked for are added to it.</summary>
    public TrialTally Tried { get; init; } = TrialTally.None;

    /// <summary>Whether this very run, with its search, is among what was tried before, so that it is not counted again.</summary>
    public bool WasTriedBefore { get; init; }

    /// <summary>How the record is cut for the walk forward.</summary>
    public WalkForwardPlan Windows { get; init; } = WalkForwardPlan.Standard;

    /// <summary>
    /// What the walk forward chooses among, each combination a trial; null for the neighbourhood of the given parameters, which is no trial since
    /// nobody sees how its combinations did.
    /// </summary>
    public OptimiserPlan? Search { get; init; }

    /// <summary>Where all random numbers start: the same seed gives the same report.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Records drawn for the intervals, a count.</summary>
    public int Resamples { get; init; } = 1_000;
}

/// <summary>A record and what speaks for and against it.</summary>
/// <param name="Significance">How much it says beyond luck.</param>
/// <param name="Costs">What would be left at other costs.</param>
/// <param name="Flags">What makes it hard to believe.</param>
public sealed record JudgedRecord(Significance Significance, IReadOnlyList<CostLevel> Costs, IReadOnlyList<SanityFlag> Flags);

/// <summary>All that an honest reader wants to see of a run, the out-of-sample record first.</summary>
public sealed record HonestReport
{
    /// <summary>What it proves.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The walk forward: the curve to show first; null where the record is too short for it.</summary>
    public WalkForwardResult? OutOfSample { get; init; }

    /// <summary>What speaks for and against the out-of-sample record; null where there is none.</summary>
    public JudgedRecord? OutOfSampleJudged { get; init; }

    /// <summary>The run over all of the record with the given parameters, which may have been chosen with this very record in view.</summary>
    public required BacktestResult InSample { get; init; }

    /// <summary>What speaks for and against it.</summary>
    public required JudgedRecord InSampleJudged { get; init; }

    /// <summary>How often the best combination of one half of the record is no good in the other; null where it cannot be said.</summary>
    public Overfitting? Overfitting { get; init; }

    /// <summary>The combinations the walk forward chose among, with their results.</summary>
    public required OptimiserTable Search { get; init; }

    /// <summary>Whether later bars change earlier decisions.</summary>
    public required LookAheadCheck LookAhead { get; init; }

    /// <summary>How much past the strategy needs.</summary>
    public required WarmUpCheck WarmUp { get; init; }

    /// <summary>What this run adds to all that the user tried: itself and each other combination of the search asked for; none where it was tried before.</summary>
    public required TrialTally Added { get; init; }
}
