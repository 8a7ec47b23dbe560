using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof.Checks;
using Tidemark.Quant.Backtesting.WalkingForward;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>Runs a strategy and says what the result is worth.</summary>
public static class Honesty
{
    const double ShareOfSearch = 0.7;

    /// <summary>The whole report; deterministic. Progress is a fraction, 0 to 1. Threads are those of the caller's scheduler.</summary>
    public static HonestReport Judge(HonestyRequest request, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var (strategy, parameters, input, settings) = request;
        var (records, lookAhead, warmUp) = ((Records?)null, (LookAheadCheck?)null, (WarmUpCheck?)null);
        Parallel.Invoke(
            new ParallelOptions { CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
            () => records = Run(request, progress, stop),
            () => lookAhead = LookAheadCheck.Of(strategy, parameters, input, settings, new Random(request.Seed), stop),
            () => warmUp = WarmUpCheck.Of(strategy, parameters, input, settings, stop));
        var report = Report(request, records!, lookAhead!, warmUp!, stop);
        progress?.Report(1);
        return report;
    }

    sealed record Records(TrialRunner Runner, BacktestResult Whole, OptimiserTable Search, WalkForwardResult? Walked);

    static Records Run(HonestyRequest request, IProgress<double>? progress, CancellationToken stop)
    {
        var (strategy, parameters, input, settings) = request;
        var runner = new TrialRunner(strategy, input, settings, Optimiser.ColumnRoom);
        var whole = runner.Result(parameters, TrialPeriod.All, stop: stop);
        var plan = request.Search ?? Neighbourhood.Around(strategy, parameters, input, new Random(request.Seed));
        var search = Optimiser.Run(plan, runner, input, settings, progress is null ? null : new SearchPart(progress, ShareOfSearch), stop);
        return new Records(runner, whole, search, WalkForward.Run(request.Windows, search, runner, input, settings, stop));
    }

    static HonestReport Report(HonestyRequest request, Records records, LookAheadCheck lookAhead, WarmUpCheck warmUp, CancellationToken stop)
    {
        var (runner, whole, search, walked) = records;
        var added = request.WasTriedBefore ? TrialTally.None : TriedNow(request, whole, search);
        var tried = request.Tried.Plus(added);
        var given = request.Strategy.With(request.Parameters).ByName;
        var settings = request.Settings;
        var outside = walked is null ? null : new JudgedRecord(
            SignificanceOf(walked.DailyReturns),
            CostSensitivity.Of(runner, settings, walked, stop),
            SanityFlags.Of(walked.Statistics.Returns.Sharpe, Results(walked.Trades), CostsOf(walked.Trades)));
        var overfitting = search.Overfitting(stop);
        return new HonestReport
        {
            OutOfSample = walked,
            OutOfSampleJudged = outside,
            InSample = whole,
            InSampleJudged = new JudgedRecord(
                SignificanceOf(whole.DailyReturns),
                CostSensitivity.Of(runner, settings, [(given, TrialPeriod.All)], stop),
                SanityFlags.Of(whole.Statistics.Returns.Sharpe, Results(whole.Trades), CostsOf(whole.Trades))),
            Overfitting = overfitting,
            Search = search,
            LookAhead = lookAhead,
            WarmUp = warmUp,
            Added = added,
            Verdict = Verdict.Of(new VerdictFigures
            {
                // A record too short for a walk forward has nothing out of sample, and so proves nothing.
                Trades = walked?.Trades.Count ?? 0,
                Record = outside?.Significance ?? SignificanceOf([]),
                Chosen = search.Trials.Count > 1,
                Overfitting = overfitting,
                ReturnAtTwiceTheCosts = outside?.Costs.First(level => level.Factor == 2).TotalReturn,
                Flags = outside?.Flags ?? [],
                Rewritten = lookAhead.Rewritten,
                MissingWarmUp = MissingWarmUp(warmUp, walked, request.Input),
            }),
        };

        Significance SignificanceOf(IReadOnlyList<double> returns) => Significance.Of([.. returns], tried, new Random(request.Seed), request.Resamples, settings.Returns.RiskFreeRate);
    }

    // The run, and what a search asked for tried besides.
    static TrialTally TriedNow(HonestyRequest request, BacktestResult whole, OptimiserTable search)
    {
        var given = request.Strategy.With(request.Parameters).Values.ToArray();
        var besides = request.Search is null ? [] : search.Trials.Where(trial => !trial.Values.AsSpan().SequenceEqual(given));
        return TrialTally.OfSearch([Significance.DailyRatioOf([.. whole.DailyReturns], request.Settings.Returns.RiskFreeRate), .. besides.Select(trial => trial.DailyRatio)]);
    }

    // Bars that the past before the out-of-sample record falls short of what decisions need.
    static int? MissingWarmUp(WarmUpCheck check, WalkForwardResult? walked, BacktestInput input)
    {
        var past = walked is { Times: [var first, ..] } ? input.Symbols[0].Candles.IndexAtOrAfter(first) : 0;
        var needed = check.Needed ?? (check.Decisions == 0 ? check.Declared : null);
        return needed is { } bars ? Math.Max(0, bars - past) : null;
    }

    static double[] Results(IReadOnlyList<Trade> trades) => [.. trades.Select(trade => trade.Result)];

    static double CostsOf(IReadOnlyList<Trade> trades) => trades.Sum(trade => trade.EntryFee + trade.ExitFee + trade.SpreadAndSlippage);
}

sealed class SearchPart(IProgress<double> whole, double share) : IProgress<SearchProgress>
{
    public void Report(SearchProgress value) => whole.Report(share * value.Done / Math.Max(1, value.Total));
}
