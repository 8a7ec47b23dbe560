using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Api;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Backtesting.WalkingForward;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

/// <summary>Carries out an order: candles in, result out. Whatever it does can be done again and gives the same.</summary>
public sealed class Experiment(ExperimentData data, RunTable table, TrialBook trials, ProcessorRoom processors)
{
    /// <summary>Runs an order to its end; progress is a fraction.</summary>
    public async Task<RunOutcome> Carry(StoredRun run, IProgress<double> progress, CancellationToken stop)
    {
        var market = await data.Load(run.Order, run.Order.Strategy.Describe(), stop);
        progress.Report(0.1);
        return await Carry(run, market, new Rest(progress, 0.1), stop);
    }

    /// <summary>The same over candles that are there.</summary>
    internal Task<RunOutcome> Carry(StoredRun run, LoadedMarket market, CancellationToken stop) => Carry(run, market, new Rest(new Progress<double>(), 0), stop);

    async Task<RunOutcome> Carry(StoredRun run, LoadedMarket market, Rest progress, CancellationToken stop)
    {
        var order = run.Order;
        var fingerprint = FingerprintOf(order, market.Input);
        var tried = await trials.Of(run.UserId, TrialBook.MarketOf(order.Provenance), stop);
        var isCounted = await trials.IsCounted(run.UserId, fingerprint, stop);
        var note = await Note(run, fingerprint, tried, isCounted, stop);
        var parts = new Parts(order, order.Strategy.Describe(), market, fingerprint, tried.Tally, isCounted, note);
        return order.Kind == RunKind.Optimisation
            ? await Optimise(run, parts, progress, stop)
            : await processors.Run(() => Judge(parts, progress, stop), stop);
    }

    sealed record Parts(RunOrder Order, StrategyDescription Strategy, LoadedMarket Market, string Fingerprint, TrialTally Tried, bool IsCounted, TrialNote Note)
    {
        public BacktestSettings Settings => Order.Settings.ToEngine(Order.InitialCapital);
    }

    /// <summary>The part of the progress that is left after a first one.</summary>
    sealed class Rest(IProgress<double> whole, double from) : IProgress<double>, IProgress<SearchProgress>
    {
        public void Report(double value) => whole.Report(from + ((1 - from) * value));

        public void Report(SearchProgress value) => Report((double)value.Done / Math.Max(1, value.Total));
    }

    async Task<TrialNote> Note(StoredRun run, string fingerprint, TrialCount tried, bool isCounted, CancellationToken stop)
    {
        if (!isCounted)
        {
            var next = tried.Tally.Trials + 1;
            var where = TrialBook.MarketOf(run.Order.Provenance) == TrialMarket.Simulated ? " on simulated prices" : "";
            return new TrialNote(true, run.Kind != RunKind.Run ? $"Every combination counts as a trial; {tried.Tally.Trials:N0} were counted before{where}." : $"Counted as trial {next:N0}{where}.");
        }
        var same = await table.Same(run.UserId, fingerprint, stop);
        return new TrialNote(false, $"The same data, code and settings as {same?.Code ?? "a run that was deleted"}: no new trial.");
    }

    /// <summary>The report over the run, its walk-forward record and all that speaks for and against it.</summary>
    static RunOutcome Judge(Parts parts, IProgress<double> progress, CancellationToken stop)
    {
        var (order, market) = (parts.Order, parts.Market);
        var request = new HonestyRequest(parts.Strategy, order.Parameters, market.Input, parts.Settings)
        {
            Tried = parts.Tried,
            WasTriedBefore = parts.IsCounted,
            Seed = SeedOf(parts.Fingerprint),
            Windows = order.Windows is { } windows ? new WalkForwardPlan { Windows = windows.Windows, InSampleShare = windows.TrainShare, IsAnchored = windows.Anchored } : WalkForwardPlan.Standard,
            Search = order.Search is { } search ? PlanOf(search, parts.Strategy, order.Parameters)
                : order.WalkForward ? null
                : new OptimiserPlan(new ParameterSpace(parts.Strategy, [], order.Parameters)),
        };
        var judged = Honesty.Judge(request, progress, stop);
        var (whole, outside) = (judged.InSample, judged.OutOfSample);
        var isWalk = order.Kind == RunKind.WalkForward;
        var results = isWalk && outside is not null ? ReportMaker.Figures(outside.Statistics) : ReportMaker.Figures(whole.Statistics);
        var honesty = ReportMaker.Honesty(judged, order.AreNeighboursTried);
        var report = new RunReport
        {
            Data = market.Coverage,
            Results = results,
            Statistics = ReportMaker.Statistics(whole.Statistics, whole.Ledger.Fees, whole.Ledger.Funding, whole.Ledger.SpreadAndSlippage),
            Honesty = honesty,
            WalkForward = outside is null ? null : ReportMaker.WalkForward(outside, market.Coverage.Min(static one => one.First), market.Coverage.Max(static one => one.Last)),
            Trial = parts.Note,
            Fingerprint = parts.Fingerprint,
            Warnings = [.. whole.Warnings.Select(Wording.Of), .. market.Warnings],
            Assumptions = market.Assumptions,
            AmbiguousFills = whole.AmbiguousFills,
            RejectedOrders = whole.Rejections.Values.Sum(),
            Rejections = whole.Rejections.ToDictionary(static one => Wording.Word(one.Key), static one => one.Value),
            OpenPositions = [.. whole.OpenPositions.Select(ReportMaker.Of)],
        };
        var trades = ReportMaker.Trades(whole.Trades, market.Input, "run").Concat(outside is null ? [] : ReportMaker.Trades(outside.Trades, market.Input, "outOfSample")).ToList();
        var curves = new KeptCurves(
            Thinning.Keep(whole.Times, whole.Equity, order.InitialCapital, Hold(market.Input, whole.Times, order.InitialCapital)),
            outside is null ? null : Thinning.Keep(outside.Times, outside.Equity, order.InitialCapital, Hold(market.Input, outside.Times, order.InitialCapital)));
        var summary = new RunSummaryFigures(
            results, outside is null ? null : new OutOfSampleFigures(outside.Statistics.TotalReturn, outside.Statistics.Returns.Sharpe, outside.Trades.Count),
            honesty.OutOfSample?.DeflatedSharpe, honesty.Verdict, [.. (honesty.OutOfSample ?? honesty.InSample).Flags.Select(static flag => flag.Code)])
        {
            Deflation = Deflation.Of(honesty),
        };
        // The run itself is one trial, each other combination of a search asked for another.
        var count = new Tried((int)Math.Min(1, judged.Added.Trials), Math.Max(0, judged.Added.Trials - 1), judged.Added);
        return new RunOutcome(parts.Fingerprint, null, parts.Fingerprint, count, summary, Packing.Pack(report), Packing.Pack(trades), Packing.Pack(curves), isWalk ? Packing.Pack(ReportMaker.Table(judged.Search)) : null);
    }

    /// <summary>The curve of whoever bought the first symbol at the first open with all the money and kept it, without costs.</summary>
    static Func<int, double?>? Hold(BacktestInput input, IReadOnlyList<long> times, double initial)
    {
        var candles = input.Symbols[0].Candles;
        if (times.Count == 0 || candles.Times.BinarySearch(times[0]) is var first && first < 0)
        {
            return null;
        }
        var bought = candles.Opens[first];
        return place => candles.Times.BinarySearch(times[place]) is >= 0 and var at && bought > 0 ? Math.Round(initial * candles.Closes[at] / bought, 8) : null;
    }

    /// <summary>A search; one that was made before over the same data is taken from there and deflated anew.</summary>
    async Task<RunOutcome> Optimise(StoredRun run, Parts parts, Rest progress, CancellationToken stop)
    {
        if (await table.Same(run.UserId, parts.Fingerprint, stop) is { } same && same.Id != run.Id && await table.Part(same.Id, ResultPart.Trials, stop) is { } kept && await table.Part(same.Id, ResultPart.Report, stop) is { } known)
        {
            var before = Packing.Unpack<RunReport>(known);
            var again = Packing.Unpack<KeptTrials>(kept);
            var view = ReportMaker.Optimisation(again, before.Optimisation!.Search, before.Optimisation.Unreasonable, before.Optimisation.OverfittingProbability, parts.Tried);
            return Outcome(parts, again, before with { Data = parts.Market.Coverage, Optimisation = view, Trial = parts.Note }, same.Code, new Tried(0, 0, TrialTally.None));
        }
        return await processors.Run(
            () =>
            {
                var found = Optimiser.Run(PlanOf(parts.Order.Search!, parts.Strategy, parts.Order.Parameters), parts.Market.Input, parts.Settings, progress, stop);
                var keep = ReportMaker.Table(found);
                var overfitting = found.Overfitting(stop)?.Probability;
                var all = parts.IsCounted ? parts.Tried : parts.Tried.Plus(found.Tally);
                var report = new RunReport
                {
                    Data = parts.Market.Coverage,
                    Results = found.Best is { } best ? new RunFigures(best.Result.TotalReturn, Objective.Sharpe.Score(best.Result.DailyReturns, found.Returns), -best.Result.MaxDrawdown, best.Result.MaxDrawdown, best.Result.WinRate, best.Result.Trades, best.Result.ProfitFactor) : null,
                    Optimisation = ReportMaker.Optimisation(keep, Wording.Word(parts.Order.Search!.Search), found.Unreasonable, overfitting, all),
                    Trial = parts.Note,
                    Fingerprint = parts.Fingerprint,
                    Warnings = parts.Market.Warnings,
                    Assumptions = parts.Market.Assumptions,
                };
                return Outcome(parts, keep, report, null, new Tried(0, found.Tally.Trials, found.Tally));
            },
            stop);
    }

    static RunOutcome Outcome(Parts parts, KeptTrials keep, RunReport report, string? sameAs, Tried tried) => new(
        parts.Fingerprint, sameAs, parts.Fingerprint, tried, new RunSummaryFigures(report.Results, null, report.Optimisation?.DeflatedSharpe, null, []) { Deflation = Deflation.Of(keep.Best) },
        Packing.Pack(report), null, null, Packing.Pack(keep));

    static OptimiserPlan PlanOf(SearchOrder search, StrategyDescription strategy, IReadOnlyDictionary<string, double> parameters) =>
        new(new ParameterSpace(strategy, [.. search.Grid.Select(static one => new TriedValues(one.Name, one.Values))], parameters))
        {
            Objective = search.Measure switch
            {
                SearchMeasure.SortinoRatio => Objective.Sortino,
                SearchMeasure.TotalReturn => Objective.TotalReturn,
                SearchMeasure.ReturnOverDrawdown => Objective.ReturnOverDrawdown,
                SearchMeasure.GainOverLoss => Objective.GainOverLoss,
                _ => Objective.Sharpe,
            },
            FewestTrades = search.MinimumTrades,
            Draws = search.Draws,
            Random = new Random(search.Seed),
            IsReasonable = ReasonableFor(strategy),
        };

    /// <summary>A fast average that is not faster than the slow one, or a purchase above the sale, is no idea worth a trial.</summary>
    public static Func<ReadOnlySpan<double>, bool>? ReasonableFor(StrategyDescription strategy)
    {
        var places = strategy.Parameters.Select(static (parameter, place) => (parameter.Name, place)).ToDictionary(static one => one.Name, static one => one.place);
        var pairs = new[] { ("fast", "slow"), ("buy_below", "sell_above") }.Where(pair => places.ContainsKey(pair.Item1) && places.ContainsKey(pair.Item2)).Select(pair => (Less: places[pair.Item1], More: places[pair.Item2])).ToArray();
        return pairs.Length == 0 ? null : values =>
        {
            foreach (var (less, more) in pairs)
            {
                if (values[less] >= values[more])
                {
                    return false;
                }
            }
            return true;
        };
    }

    /// <summary>Names the same order over the same data; what a run is called does not belong to it, nor the words for its period where the bars are the same.</summary>
    static string FingerprintOf(RunOrder order, BacktestInput input)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var symbol in input.Symbols)
        {
            var times = symbol.Candles.Times;
            var place = times.BinarySearch(input.TradeFrom);
            first = Math.Min(first, times[place < 0 ? ~place : place]);
            last = Math.Max(last, input.Timeframe.CloseOf(times[^1]));
        }
        var bare = order with { From = DateTimeOffset.FromUnixTimeMilliseconds(first), Until = DateTimeOffset.FromUnixTimeMilliseconds(last), AskedStrategy = "", Asked = [], Strategy = order.Strategy with { Title = "", Id = null, Version = null, Key = order.Strategy.IsOwn ? "own" : order.Strategy.Key, Name = order.Strategy.IsOwn ? "own" : order.Strategy.Name } };
        var code = typeof(Backtester).Assembly.ManifestModule.ModuleVersionId;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}\n{input.DataFingerprint}\n{JsonSerializer.Serialize(bare, ApiJson.Options)}")));
    }

    static int SeedOf(string fingerprint) => int.Parse(fingerprint.AsSpan(0, 7), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
}
