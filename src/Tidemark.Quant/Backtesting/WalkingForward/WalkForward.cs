using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.WalkingForward;

/// <summary>
/// Walks a strategy forward through a record. Each combination is run once over all of it; how it did in a window's sample is read from its daily
/// returns and closed trades there, which nothing later can change. Only what was chosen is then run out of sample, its indicators warmed up by what was before.
/// </summary>
public static class WalkForward
{
    /// <summary>Tries all combinations of a plan and walks forward with them; null where there are too few days for the windows.</summary>
    public static WalkForwardResult? Run(
        WalkForwardPlan windows,
        OptimiserPlan search,
        BacktestInput input,
        BacktestSettings settings,
        IProgress<SearchProgress>? progress = null,
        CancellationToken stop = default)
    {
        var runner = new TrialRunner(search.Space.Strategy, input, settings, Optimiser.ColumnRoom);
        return Run(windows, Optimiser.Run(search, runner, input, settings, progress, stop), runner, input, settings, stop);
    }

    /// <summary>Walks forward with combinations that have been tried; null where there are too few days for the windows.</summary>
    internal static WalkForwardResult? Run(
        WalkForwardPlan windows, OptimiserTable table, TrialRunner runner, BacktestInput input, BacktestSettings settings, CancellationToken stop)
    {
        var days = TradingDays.Of(input);
        var cuts = windows.Checked().Over(days.Count);
        if (cuts.Count == 0)
        {
            return null;
        }

        if (table.Trials.Any(trial => trial.Result.DailyReturns.Length != days.Count - 1))
        {
            throw new InvalidOperationException("trials are not of the days of this input");
        }

        if (table.Trials.Count < 2)
        {
            cuts = [(0..cuts[0].Out.Start, cuts[0].Out.Start..cuts[^1].Out.End)];
        }

        var leaving = runner.With(settings with { CloseAtEnd = true });
        var record = new StitchedRecord(input, settings);
        var walked = new List<WalkForwardWindow>(cuts.Count);
        foreach (var (inside, outside) in cuts)
        {
            stop.ThrowIfCancellationRequested();
            var sample = new Stretch(inside, PeriodOf(days, inside));
            var (values, returns) = Choose(table, sample, runner, settings, stop);
            var parameters = table.Space.Named(values);
            var period = PeriodOf(days, outside);
            var result = leaving.Result(parameters, period, record.Money, stop);
            record.Add(result);
            double[] after = [.. result.DailyReturns];
            walked.Add(new WalkForwardWindow(sample.Period, period, parameters)
            {
                WasChosen = returns is not null,
                InSampleSharpe = returns is null ? null : Objective.Sharpe.Score(returns, settings.Returns),
                InSampleMean = returns is null ? null : Sample.Mean(returns),
                OutOfSampleSharpe = Objective.Sharpe.Score(after, settings.Returns),
                OutOfSampleMean = Sample.Mean(after),
                OutOfSampleReturn = result.Statistics.TotalReturn,
                Trades = result.Trades.Count,
            });
            if (record.Money <= 0)
            {
                break;
            }
        }

        return record.Result(walked, table.Trials.Count);
    }

    readonly record struct Stretch(Range Days, TrialPeriod Period);

    // The best of the sample; where none has a score, what was given.
    static (double[] Values, double[]? Returns) Choose(OptimiserTable table, Stretch sample, TrialRunner runner, BacktestSettings settings, CancellationToken stop)
    {
        var (values, best, chosen) = (table.Space.Given, double.NegativeInfinity, (double[]?)null);
        foreach (var trial in table.Trials)
        {
            var (returns, trades) = InSample(trial, table.Space, sample, runner, settings, stop);
            if (table.Plan.Score(returns, trades, settings.Returns) is { } score && score > best)
            {
                (values, best, chosen) = (trial.Values, score, returns);
            }
        }

        return (values, chosen);
    }

    // A trial that gave up by the end of the sample says nothing of what comes after that, so it is run anew on the sample alone.
    static (double[] Returns, int Trades) InSample(
        OptimiserTrial trial, ParameterSpace space, Stretch sample, TrialRunner runner, BacktestSettings settings, CancellationToken stop)
    {
        var (first, end) = (sample.Days.Start.Value, sample.Days.End.Value);
        if (trial.Result.LiquidatedOn < end || settings.Protections.MaximumDrawdown is not null)
        {
            var anew = runner.Run(space.Named(trial.Values), sample.Period, stop);
            return (anew.DailyReturns, anew.Trades);
        }

        // The first day of the record has no return: the return at a place is that of the day after.
        var closed = trial.Result.ClosedByDay;
        return (trial.Result.DailyReturns[(Math.Max(first, 1) - 1)..(end - 1)], closed[end - 1] - (first == 0 ? 0 : closed[first - 1]));
    }

    static TrialPeriod PeriodOf(IReadOnlyList<int> days, Range range)
    {
        var (from, until) = (range.Start.Value, range.End.Value);
        return new TrialPeriod(days[from] * TradingDays.Day, until == days.Count ? long.MaxValue : days[until] * TradingDays.Day);
    }
}
