using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof;

public sealed class An_honest_report
{
    static readonly BacktestSettings Settings = new() { Direction = TradeDirections.Both };

    [Fact]
    public void Shows_the_walk_forward_beside_the_run_and_what_speaks_for_and_against_both()
    {
        var report = Honesty.Judge(Request("rsi", RandomWalk.Hours(8, days: 365)));

        report.OutOfSample!.Windows.Count.ShouldBe(6);
        report.InSample.Times.Count.ShouldBe(365 * 24);
        report.Search.Trials.Count.ShouldBe(27);
        report.Overfitting.ShouldNotBeNull();
        report.LookAhead.Passed.ShouldBeTrue();
        report.Added.Trials.ShouldBe(1);
        foreach (var judged in new[] { report.InSampleJudged, report.OutOfSampleJudged! })
        {
            judged.Costs.Select(level => level.Factor).ShouldBe([0, 1, 2, 3]);
            judged.Costs.Select(level => level.TotalReturn).ShouldBe(judged.Costs.Select(level => level.TotalReturn).OrderDescending());
            judged.Significance.Intervals.Sharpe.ShouldNotBeNull();
        }

    }

    [Fact]
    public void Shows_the_records_themselves_at_costs_as_they_are()
    {
        // Entries of the same value whatever was won or lost, so that each stretch must go on with the money of the last one.
        var settings = Settings with { Sizing = Sizing.FixedValue(4_000), Market = new MarketRules(0.1) };
        var report = Honesty.Judge(Request("rsi", RandomWalk.Hours(8, days: 365)) with { Settings = settings });

        Same(report.InSampleJudged.Costs[1], report.InSample.Statistics, report.InSample.Trades.Count);
        Same(report.OutOfSampleJudged!.Costs[1], report.OutOfSample!.Statistics, report.OutOfSample.Trades.Count);

        static void Same(CostLevel level, BacktestStatistics record, int trades)
        {
            level.TotalReturn.ShouldBe(record.TotalReturn);
            level.Sharpe!.Value.ShouldBe(record.Returns.Sharpe!.Value, 1e-12);
            level.Trades.ShouldBe(trades);
        }
    }

    [Fact]
    public void Shows_costs_that_eat_all_the_money()
    {
        var dear = Settings with { Fees = new Fees(0.2, 0.2), Leverage = 3, Sizing = Sizing.PercentOfEquity(3) };
        var report = Honesty.Judge(Request("rsi", RandomWalk.Hours(8, days: 365)) with { Settings = dear });

        report.OutOfSampleJudged!.Costs[1].TotalReturn.ShouldBe(report.OutOfSample!.Statistics.TotalReturn);
        report.OutOfSampleJudged.Costs[3].TotalReturn.ShouldBeLessThan(-0.9);
    }

    [Theory]
    [InlineData(14, 9)]
    [InlineData(10, 10)]
    public void Counts_a_search_before_it_judges_what_came_of_it(double period, int trials)
    {
        var rsi = StrategyRegistry.Find("rsi")!;
        var given = new Dictionary<string, double> { ["period"] = period };
        var space = new ParameterSpace(rsi, [new TriedValues("period", [7, 14, 21]), new TriedValues("buy_below", [25, 30, 35])], given);
        var request = Request("rsi", RandomWalk.Hours(8, days: 365)) with { Parameters = given, Search = new OptimiserPlan(space) };

        var first = Honesty.Judge(request);
        var again = Honesty.Judge(request with { Tried = first.Added, WasTriedBefore = true });

        // The run itself is one of them, or one more.
        first.Added.Trials.ShouldBe(trials);
        first.OutOfSampleJudged!.Significance.Trials.ShouldBe(first.Added);
        first.OutOfSampleJudged.Significance.SharpeOfLuck.ShouldBeGreaterThan(0);
        again.Added.ShouldBe(TrialTally.None);
        again.OutOfSampleJudged!.Significance.ShouldBe(first.OutOfSampleJudged.Significance);
        again.InSampleJudged.Significance.ShouldBe(first.InSampleJudged.Significance);
    }

    [Fact]
    public void Is_the_same_for_the_same_seed()
    {
        var request = Request("macd", RandomWalk.Hours(8, days: 200));
        var (first, second) = (Honesty.Judge(request), Honesty.Judge(request));

        second.OutOfSampleJudged!.Significance.ShouldBe(first.OutOfSampleJudged!.Significance);
        second.OutOfSample!.Equity.ShouldBe(first.OutOfSample!.Equity);
        second.Verdict.Answers.ShouldBe(first.Verdict.Answers);
        second.InSample.Fingerprint.ShouldBe(first.InSample.Fingerprint);
    }

    [Fact]
    public void Finds_evidence_where_there_is_some()
    {
        var report = Honesty.Judge(Request("rsi", RandomWalk.Waves(3, days: 365)) with { Settings = Settings with { Sizing = Sizing.PercentOfEquity(0.2) } });

        // A sine wave is too good to be believed, and the report says so.
        report.Verdict.Evidence.ShouldBe(Evidence.Weak);
        report.OutOfSampleJudged!.Significance.Deflated!.Value.ShouldBeGreaterThan(0.99);
        report.OutOfSampleJudged.Flags.ShouldContain(flag => flag.Concern == SanityConcern.SharpeTooHigh);
        report.Verdict.Answers.Where(answer => !answer.Passed).ShouldAllBe(answer => answer.Question == VerdictQuestion.Believable);
    }

    [Theory]
    [InlineData("rsi")]
    [InlineData("sma")]
    [InlineData("macd")]
    [InlineData("bollinger")]
    public void Finds_no_evidence_in_random_walks(string strategy)
    {
        const int Walks = 250;
        var found = 0;
        Parallel.For(0, Walks, walk =>
        {
            var free = Settings with { Fees = new Fees(0, 0) };
            var request = Request(strategy, RandomWalk.Of(10_000 + walk, 365 * 6, Timeframe.H4, 0.012)) with { Settings = free, Resamples = 200 };
            Interlocked.Add(ref found, Honesty.Judge(request).Verdict.Evidence == Evidence.None ? 0 : 1);
        });

        found.ShouldBeLessThanOrEqualTo(Walks * 5 / 100);
    }

    [Fact]
    public void Deflates_the_best_of_two_hundred_trials_of_noise()
    {
        var market = RandomWalk.Hours(77, days: 365);
        var rsi = StrategyRegistry.Find("rsi")!;
        var space = new ParameterSpace(rsi, [TriedValues.Between("period", 5, 24, 1), TriedValues.Between("buy_below", 20, 38, 2)]);
        var table = Optimiser.Run(new OptimiserPlan(space), market, Settings);

        var report = Honesty.Judge(new HonestyRequest(rsi, space.Named(table.Best!.Values), market, Settings) { Tried = table.Tally, WasTriedBefore = true });

        table.Tally.Trials.ShouldBe(200);
        report.Added.Trials.ShouldBe(0);
        report.InSampleJudged.Significance.Deflated!.Value.ShouldBeLessThan(0.5);
        report.InSampleJudged.Significance.Deflated.Value.ShouldBeLessThan(report.InSampleJudged.Significance.Probabilistic!.Value);
        report.Verdict.Evidence.ShouldBe(Evidence.None);
    }

    [Fact]
    public void Has_nothing_out_of_sample_for_a_few_days_and_says_that_they_prove_nothing()
    {
        var report = Honesty.Judge(Request("rsi", RandomWalk.Hours(1, days: 5)));

        report.OutOfSample.ShouldBeNull();
        report.OutOfSampleJudged.ShouldBeNull();
        report.Verdict.Evidence.ShouldBe(Evidence.None);
    }

    [Fact]
    public void Judges_buy_and_hold_as_the_one_trade_it_is()
    {
        var report = Honesty.Judge(Request("hold", RandomWalk.Hours(1, days: 365)) with { Settings = new BacktestSettings() });

        report.Search.Trials.Count.ShouldBe(1);
        report.Overfitting.ShouldBeNull();
        report.Verdict.Evidence.ShouldBe(Evidence.None);
        report.OutOfSampleJudged!.Flags.ShouldContain(flag => flag.Concern == SanityConcern.FewTrades);
    }

    [Fact]
    public void Tells_how_far_it_is_and_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<double>();

        Honesty.Judge(Request("rsi", RandomWalk.Hours(1, days: 60)) with { Search = null }, new Teller(seen), stop.Token);

        seen[^1].ShouldBe(1);
        seen.ShouldAllBe(share => share > 0 && share <= 1);
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => Honesty.Judge(Request("rsi", RandomWalk.Hours(1, days: 60)), null, stop.Token));
    }

    static HonestyRequest Request(string strategy, BacktestInput market) => new(StrategyRegistry.Find(strategy)!, null, market, Settings);

    sealed class Teller(List<double> seen) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}
