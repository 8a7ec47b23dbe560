using System.Globalization;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Backtesting.WalkingForward;
using Tidemark.Quant.Series;
using Tidemark.Quant.Statistics;

namespace Tidemark.Backtests.Results;

/// <summary>Turns what the engine found into what is kept and answered.</summary>
static class ReportMaker
{
    const double DaysAYear = 365;

    public static RunFigures Figures(BacktestStatistics statistics) => new(
        statistics.TotalReturn, statistics.Returns.Sharpe, statistics.MaxDrawdown == 0 ? 0 : -statistics.MaxDrawdown, statistics.MaxDrawdown,
        statistics.Trades.WinRate?.Estimate, statistics.Trades.Trades, statistics.Trades.ProfitFactor);

    public static RunStatistics Statistics(BacktestStatistics statistics, double fees, double funding, double slippage) => new(
        statistics.FinalEquity, statistics.FinalEquity - statistics.StartEquity, statistics.TotalReturn, statistics.Returns.AnnualGrowth, statistics.Returns.Volatility, statistics.Returns.Sharpe, statistics.Returns.Sortino,
        statistics.MaxDrawdown > 0 ? statistics.Returns.AnnualGrowth / statistics.MaxDrawdown : null, statistics.MaxDrawdown, statistics.Returns.Risk.Historical, statistics.Returns.Risk.HistoricalShortfall, statistics.Returns.Count,
        statistics.Trades.Trades, statistics.Trades.Wins, statistics.Trades.WinRate?.Estimate, Of("winRate", statistics.Trades.WinRate), statistics.Trades.ProfitFactor, statistics.Trades.Expectancy,
        statistics.Trades.AverageWin, statistics.Trades.AverageLoss, statistics.Trades.LongestLosingRun, statistics.AverageBarsHeld, statistics.TimeInMarket, statistics.Trades.Kelly, fees, funding, slippage, statistics.Turnover, statistics.MarketReturn);

    public static HonestyView Honesty(HonestReport report, bool isAmongNeighbours) => new(
        Wording.Of(report.Verdict.Evidence), Wording.Summary(report.Verdict, report.OutOfSample is not null, isAmongNeighbours), [.. report.Verdict.Answers.Select(Wording.Of)],
        report.InSampleJudged.Significance.Trials.Trials, report.InSampleJudged.Significance.Trials.MeanRatio * Math.Sqrt(DaysAYear), Deviation(report.InSampleJudged.Significance.Trials),
        report.OutOfSampleJudged is { } outside ? Judged(outside, report.OutOfSample!.AmbiguousFills) : null, Judged(report.InSampleJudged, report.InSample.AmbiguousFills), report.Overfitting?.Probability,
        [Wording.Of(report.LookAhead), Wording.Of(report.WarmUp)])
    { TrialsThen = report.InSampleJudged.Significance.Trials.Trials };

    public static double? Deviation(TrialTally tally) => tally.VarianceOfRatios is { } variance ? Math.Sqrt(variance * DaysAYear) : null;

    static JudgedView Judged(JudgedRecord record, int ambiguous)
    {
        var flags = record.Flags.Select(Wording.Of).ToList();
        if (ambiguous > 0)
        {
            flags.Add(new FlagView("ambiguousFills", $"{ambiguous.ToString("N0", CultureInfo.InvariantCulture)} exits where stop and target fell into one candle; the stop was assumed."));
        }
        var significance = record.Significance;
        return new JudgedView(
            significance.Probabilistic, significance.Deflated, significance.SharpeOfLuck, significance.ShortestRecord, significance.Days,
            [.. new[] { Of("sharpeRatio", significance.Intervals.Sharpe), Of("totalReturn", significance.Intervals.TotalReturn), Of("maxDrawdownRatio", significance.Intervals.Drawdown) }.OfType<Range95>()],
            [.. record.Costs.Select(static level => new CostLevelView(level.Factor, level.TotalReturn, level.Sharpe, level.Trades))], flags);
    }

    static Range95? Of(string name, Interval? interval) => interval is { } known ? new Range95(name, known.Estimate, known.Low, known.High, 0.95) : null;

    public static WalkForwardView WalkForward(WalkForwardResult walked, DateTimeOffset from, DateTimeOffset until)
    {
        var fees = walked.Trades.Sum(static trade => trade.EntryFee + trade.ExitFee);
        return new WalkForwardView(
            [.. walked.Windows.Select(window => new WindowView(
                At(window.InSample.From, from), At(window.InSample.Until, until), At(window.OutOfSample.From, from), At(window.OutOfSample.Until, until), window.Parameters, window.WasChosen,
                window.InSampleSharpe, window.OutOfSampleSharpe, window.OutOfSampleReturn, window.Trades))],
            Statistics(walked.Statistics, fees, walked.Trades.Sum(static trade => trade.Funding), walked.Trades.Sum(static trade => trade.SpreadAndSlippage)), Figures(walked.Statistics), walked.Efficiency, walked.Combinations,
            string.Create(CultureInfo.InvariantCulture, $"Settings were chosen {walked.Windows.Count} times among {walked.Combinations} combinations, each time on the past alone, and tried on what came next."));
    }

    static DateTimeOffset At(long time, DateTimeOffset edge) => time is long.MinValue or long.MaxValue ? edge : DateTimeOffset.FromUnixTimeMilliseconds(time);

    public static IReadOnlyList<RunTrade> Trades(IReadOnlyList<Trade> trades, BacktestInput input, string curve, int before = 0)
    {
        var candles = input.Symbols.ToDictionary(static symbol => symbol.Name, static symbol => symbol.Candles);
        return [.. trades.Select((trade, i) => Of(trade, before + i + 1, candles[trade.Symbol], curve))];
    }

    static RunTrade Of(Trade trade, int number, CandleSlice candles, string curve)
    {
        var (worst, best) = Moves(trade, candles);
        return new RunTrade(
            number, trade.Symbol, Wording.Word(trade.Side), DateTimeOffset.FromUnixTimeMilliseconds(trade.EntryTime), DateTimeOffset.FromUnixTimeMilliseconds(trade.ExitTime), trade.EntryPrice, trade.ExitPrice, trade.Quantity,
            trade.Result, trade.Return, trade.EntryFee + trade.ExitFee, trade.Funding, trade.SpreadAndSlippage, trade.Bars, Wording.Word(trade.Reason), trade.IsAmbiguous, worst, best, curve);
    }

    /// <summary>How far the price went against and for the trade, by the lows and highs of the bars it was held in.</summary>
    static (double? Worst, double? Best) Moves(Trade trade, CandleSlice candles)
    {
        var (from, until) = (candles.Times.BinarySearch(trade.EntryTime), candles.Times.BinarySearch(trade.ExitTime));
        if (from < 0 || until < from)
        {
            return (null, null);
        }
        var (low, high) = (double.MaxValue, double.MinValue);
        foreach (var price in candles.Lows[from..(until + 1)])
        {
            low = Math.Min(low, price);
        }
        foreach (var price in candles.Highs[from..(until + 1)])
        {
            high = Math.Max(high, price);
        }
        var (down, up) = ((low / trade.EntryPrice) - 1, (high / trade.EntryPrice) - 1);
        return (int)trade.Side > 0 ? (Math.Min(0, down), Math.Max(0, up)) : (Math.Min(0, -up), Math.Max(0, -down));
    }

    public static OpenPositionView Of(OpenPosition open) =>
        new(open.Symbol, Wording.Word(open.Side), DateTimeOffset.FromUnixTimeMilliseconds(open.EntryTime), open.EntryPrice, open.Quantity, open.LastPrice, open.UnrealisedResult);

    public static KeptTrials Table(OptimiserTable table)
    {
        var names = table.Space.Strategy.Parameters.Select(static parameter => parameter.Name).ToList();
        var best = table.Best is { DailyRatio: { } ratio } top && Sample.Skewness(top.Result.DailyReturns) is { } skewness && Sample.Kurtosis(top.Result.DailyReturns) is { } kurtosis
            ? new BestMoments(ratio, top.Result.DailyReturns.Length, skewness, kurtosis) : null;
        return new KeptTrials(
            names, Wording.Word(table.Objective), [.. table.Space.Varied.Select(static one => new TriedSetting(one.Name, one.Values))],
            [.. table.Ranked.Select(trial => new KeptTrial(
                trial.Values, trial.Score, trial.Result.TotalReturn, Objective.Sharpe.Score(trial.Result.DailyReturns, table.Returns), Objective.Sortino.Score(trial.Result.DailyReturns, table.Returns), trial.Result.MaxDrawdown,
                trial.Result.ProfitFactor, trial.Result.WinRate, trial.Result.Trades))],
            best);
    }

    public static TrialRow Row(KeptTrials table, int place)
    {
        var trial = table.Trials[place];
        return new TrialRow(
            place + 1, table.Names.Zip(trial.Values).ToDictionary(static one => one.First, static one => one.Second), trial.Score, trial.TotalReturn, trial.Sharpe, trial.Sortino, trial.Drawdown, trial.ProfitFactor, trial.WinRate, trial.Trades);
    }

    /// <summary>What a search found, deflated by all that was tried so far.</summary>
    public static OptimisationView Optimisation(KeptTrials table, string search, int unreasonable, double? overfitting, TrialTally tried)
    {
        var view = new OptimisationView(
            search, table.Measure, table.Trials.Count, unreasonable, table.Varied, [.. Enumerable.Range(0, Math.Min(10, table.Trials.Count)).Select(place => Row(table, place))], overfitting,
            null, tried.RatioOfLuck(2) * Math.Sqrt(DaysAYear), "No combination has a Sharpe ratio.");
        return Deflation.Of(table.Best) is { } best ? Optimisation(view, best, tried) : view;
    }

    /// <summary>The same, deflated anew.</summary>
    public static OptimisationView Optimisation(OptimisationView view, Deflation best, TrialTally tried) => view with
    {
        DeflatedSharpe = best.Deflated(tried),
        ExpectedBestSharpe = tried.RatioOfLuck(best.Days) * Math.Sqrt(DaysAYear),
        Text = string.Create(
            CultureInfo.InvariantCulture,
            $"The best of {view.Combinations:N0} combinations has a deflated Sharpe ratio of {best.Deflated(tried):0.00}, counting all {tried.Trials:N0} trials of yours: 0.5 is what the luckiest of as many worthless trials shows. It was chosen on this very record: walk forward before you believe it."),
    };

    /// <summary>
    /// A judgement as it stands after all that was tried since: deflated ratios, the bar of luck and the verdict count every trial up to now, so that
    /// who was lucky early keeps no better figure than one who runs the same today.
    /// </summary>
    public static HonestyView Anew(HonestyView made, TrialTally tried, bool isAmongNeighbours)
    {
        var outside = made.OutOfSample is { } record ? Anew(record, tried) : null;
        var answers = made.Answers.Select(Wording.Read).Select(answer => answer.Question == VerdictQuestion.AboveLuckOfAllTrials && outside?.DeflatedSharpe is { } now ? answer with { Measured = now, Passed = now >= answer.Limit } : answer).ToList();
        var verdict = new Verdict(Verdict.EvidenceOf(answers), answers);
        return made with
        {
            Verdict = Wording.Of(verdict.Evidence),
            Summary = Wording.Summary(verdict, outside is not null, isAmongNeighbours),
            Answers = [.. answers.Select(Wording.Of)],
            Trials = tried.Trials,
            TrialsThen = made.Trials,
            TrialSharpeMean = tried.MeanRatio * Math.Sqrt(DaysAYear),
            TrialSharpeDeviation = Deviation(tried),
            OutOfSample = outside,
            InSample = Anew(made.InSample, tried),
        };
    }

    static JudgedView Anew(JudgedView record, TrialTally tried) => record with
    {
        DeflatedSharpe = Deflation.Of(record) is { } kept ? kept.Deflated(tried) : record.DeflatedSharpe,
        ExpectedBestSharpe = tried.RatioOfLuck(record.TrackRecordDays) * Math.Sqrt(DaysAYear),
    };
}
