using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>What is searched, how, and what counts as good.</summary>
/// <param name="Space">The combinations.</param>
public sealed record OptimiserPlan(ParameterSpace Space)
{
    /// <summary>What trials are ranked by.</summary>
    public Objective Objective { get; init; } = Objective.Sharpe;

    /// <summary>Trials with fewer closed trades get no score, a count.</summary>
    public int FewestTrades { get; init; } = 1;

    /// <summary>Combinations drawn at random, a count; null for all of them.</summary>
    public int? Draws { get; init; }

    /// <summary>Combinations that are tried whatever is drawn or makes sense.</summary>
    public IReadOnlyList<long> Always { get; init; } = [];

    /// <summary>Where random numbers come from, used only to draw combinations.</summary>
    public Random Random { get; init; } = new(1);

    /// <summary>Says whether the values of a combination, in the order of the strategy's description, are worth a trial, besides what the strategy says of it; null for all.</summary>
    public Func<ReadOnlySpan<double>, bool>? IsReasonable { get; init; }

    /// <summary>Trials at the same time, a count.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The score of a stretch by its daily returns and the trades closed in it; null where undefined or of too few trades.</summary>
    internal double? Score(ReadOnlySpan<double> daily, int trades, ReturnSettings returns) => trades < FewestTrades ? null : Objective.Score(daily, returns);
}

/// <summary>How far a search has come.</summary>
/// <param name="Done">Trials done, a count.</param>
/// <param name="Total">Trials in all, a count.</param>
public readonly record struct SearchProgress(int Done, int Total)
{
    /// <summary>How long the rest will take if it goes on as it went since the start; null before the first trial is done.</summary>
    public TimeSpan? Remaining(TimeSpan elapsed) => Done == 0 ? null : elapsed * ((double)(Total - Done) / Done);
}

/// <summary>
/// Tries many combinations of a strategy's parameters over the same data, several at a time. Memory is bounded: shared indicator columns take at
/// most <see cref="ColumnRoom"/>, what is kept of each day of all trials together at most <see cref="ReturnRoom"/>; a search that would need more is refused.
/// </summary>
public static class Optimiser
{
    /// <summary>Room for shared columns, in bytes.</summary>
    public const long ColumnRoom = 160L << 20;

    /// <summary>Room for the daily returns and counts of trades of all trials, in bytes.</summary>
    public const long ReturnRoom = 128L << 20;

    const int MostReports = 200;
    const int AttemptsPerDraw = 20;

    /// <summary>The most combinations that can be tried over this input at once, a count.</summary>
    public static int MostTrials(BacktestInput input) => (int)Math.Min(100_000, ReturnRoom / (sizeof(double) + sizeof(int)) / Math.Max(1, TradingDays.Of(input).Count));

    /// <summary>How many trials a plan comes to at most, before unreasonable ones are left out, a count.</summary>
    public static long TrialsOf(OptimiserPlan plan) => Math.Min(plan.Draws ?? long.MaxValue, plan.Space.Combinations);

    /// <summary>Runs the search on threads of the caller's scheduler; deterministic whatever their number.</summary>
    public static OptimiserTable Run(
        OptimiserPlan plan, BacktestInput input, BacktestSettings settings, IProgress<SearchProgress>? progress = null, CancellationToken stop = default) =>
        Run(plan, new TrialRunner(plan.Space.Strategy, input, settings, ColumnRoom), input, settings, progress, stop);

    internal static OptimiserTable Run(
        OptimiserPlan plan, TrialRunner runner, BacktestInput input, BacktestSettings settings, IProgress<SearchProgress>? progress, CancellationToken stop)
    {
        var most = MostTrials(input);
        if (TrialsOf(plan) > most)
        {
            throw new BacktestException($"{TrialsOf(plan):N0} combinations are more than the {most:N0} that can be tried at once; take larger steps or draw some at random");
        }

        var (combinations, unreasonable) = Choose(plan);
        var trials = new OptimiserTrial[combinations.Count];
        var (next, done) = (-1, 0);
        var reportEvery = Math.Max(1, trials.Length / MostReports);
        Parallel.For(0, Math.Clamp(plan.Threads, 1, Math.Max(1, trials.Length)), new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = plan.Threads, TaskScheduler = TaskScheduler.Current }, _ =>
        {
            // Neighbours are tried at the same time, for they share columns.
            for (var i = Interlocked.Increment(ref next); i < trials.Length; i = Interlocked.Increment(ref next))
            {
                stop.ThrowIfCancellationRequested();
                trials[i] = Try(plan, runner, settings.Returns, combinations[i], stop);
                var finished = Interlocked.Increment(ref done);
                if (finished % reportEvery == 0 || finished == trials.Length)
                {
                    progress?.Report(new SearchProgress(finished, trials.Length));
                }
            }
        });
        return new OptimiserTable(plan, settings.Returns, trials, unreasonable);
    }

    static OptimiserTrial Try(OptimiserPlan plan, TrialRunner runner, ReturnSettings returns, long combination, CancellationToken stop)
    {
        var values = plan.Space.At(combination);
        var result = runner.Run(plan.Space.Named(values), stop);
        return new OptimiserTrial(values, result, plan.Score(result.DailyReturns, result.Trades, returns)) { RiskFreeRate = returns.RiskFreeRate };
    }

    static (IReadOnlyList<long> Combinations, int Unreasonable) Choose(OptimiserPlan plan)
    {
        var space = plan.Space;
        var chosen = new SortedSet<long>(plan.Always);
        var refused = new HashSet<long>();
        if (plan.Draws is not { } draws || draws >= space.Combinations)
        {
            for (var i = 0L; i < space.Combinations; i++)
            {
                Sort(i);
            }
        }
        else
        {
            for (var attempt = 0L; chosen.Count < draws && attempt < (long)draws * AttemptsPerDraw; attempt++)
            {
                Sort(plan.Random.NextInt64(space.Combinations));
            }
        }

        return ([.. chosen], refused.Count);

        void Sort(long combination)
        {
            var values = space.At(combination);
            if (chosen.Contains(combination))
            {
                return;
            }

            if (space.Strategy.IsSensible(space.Strategy.With(space.Named(values))) && plan.IsReasonable?.Invoke(values) != false)
            {
                chosen.Add(combination);
            }
            else
            {
                refused.Add(combination);
            }
        }
    }
}
