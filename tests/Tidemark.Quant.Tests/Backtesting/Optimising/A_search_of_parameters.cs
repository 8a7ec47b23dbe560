using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Optimising;

public sealed class A_search_of_parameters
{
    static readonly StrategyDescription Rsi = StrategyRegistry.Find("rsi")!;
    static readonly BacktestSettings Settings = new() { Direction = TradeDirections.Both };
    static readonly BacktestInput Market = RandomWalk.Hours(1, days: 120);

    [Fact]
    public void Tries_every_combination_and_gives_each_the_result_of_a_run_of_its_own()
    {
        var table = Optimiser.Run(Plan, Market, Settings);

        table.Trials.Count.ShouldBe(3 * 2 * 2);
        foreach (var trial in table.Trials)
        {
            var alone = Backtester.Run(Rsi, table.Space.Named(trial.Values), Market, Settings);
            trial.Result.FinalEquity.ShouldBe(alone.Statistics.FinalEquity);
            trial.Result.DailyReturns.ShouldBe(alone.DailyReturns);
            trial.Result.Trades.ShouldBe(alone.Trades.Count);
            trial.Score!.Value.ShouldBe(alone.Statistics.Returns.Sharpe!.Value, 1e-9);
        }
    }

    [Fact]
    public async Task Takes_no_threads_but_those_of_its_callers_scheduler()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ConcurrentScheduler;
        var (atOnce, most) = (0, 0);
        var strategy = Rsi with
        {
            Columns = arguments =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                TaskScheduler.Current.ShouldBe(scheduler);
                Interlocked.Decrement(ref atOnce);
                return Rsi.Columns(arguments);
            },
        };
        var plan = new OptimiserPlan(new ParameterSpace(strategy, [TriedValues.Between("period", 5, 20, 1)])) { Threads = 4 };

        var done = await Task.Factory.StartNew(() => Optimiser.Run(plan, Market, Settings), TestContext.Current.CancellationToken, TaskCreationOptions.None, scheduler);

        done.Trials.Count.ShouldBe(16);
        most.ShouldBe(1);
    }

    [Fact]
    public void Ranks_them_by_what_is_asked_for()
    {
        foreach (var objective in Enum.GetValues<Objective>())
        {
            var table = Optimiser.Run(Plan with { Objective = objective }, Market, Settings);

            double[] scores = [.. table.Ranked.Select(trial => trial.Score!.Value)];
            scores.ShouldBe(scores.OrderDescending());
            table.Best!.Score.ShouldBe(scores[0]);
        }

        var returns = Optimiser.Run(Plan with { Objective = Objective.TotalReturn }, Market, Settings);
        returns.Best!.Result.TotalReturn.ShouldBe(returns.Trials.Max(trial => trial.Result.TotalReturn), 0.02);
    }

    [Fact]
    public void Gives_the_same_on_one_thread_as_on_many()
    {
        var one = Optimiser.Run(Plan with { Threads = 1 }, Market, Settings);
        var many = Optimiser.Run(Plan with { Threads = 4 }, Market, Settings);

        many.Trials.Select(trial => trial.Score).ShouldBe(one.Trials.Select(trial => trial.Score));
        many.Tally.ShouldBe(one.Tally);
    }

    [Fact]
    public void Draws_at_random_without_trying_anything_twice()
    {
        var space = Space(TriedValues.Between("period", 2, 60, 1), TriedValues.Between("buy_below", 10, 45, 1));

        var table = Optimiser.Run(new OptimiserPlan(space) { Draws = 40, Random = new Random(3), Always = [7] }, Market, Settings);
        var again = Optimiser.Run(new OptimiserPlan(space) { Draws = 40, Random = new Random(3), Always = [7] }, Market, Settings);

        table.Trials.Count.ShouldBe(40);
        table.Trials.Select(trial => (trial.Values[0], trial.Values[1])).Distinct().Count().ShouldBe(40);
        table.Trials.ShouldContain(trial => trial.Values.SequenceEqual(space.At(7)));
        again.Trials.Select(trial => trial.Score).ShouldBe(table.Trials.Select(trial => trial.Score));
    }

    [Fact]
    public void Leaves_out_what_makes_no_sense_and_says_how_much()
    {
        var plan = Plan with { IsReasonable = values => values[1] < 30 };

        var table = Optimiser.Run(plan, Market, Settings);

        table.Trials.ShouldAllBe(trial => trial.Values[1] < 30);
        (table.Trials.Count, table.Unreasonable).ShouldBe((6, 6));
    }

    [Fact]
    public void Gives_no_score_to_a_trial_with_too_few_trades()
    {
        var table = Optimiser.Run(Plan with { FewestTrades = 1_000_000 }, Market, Settings);

        table.Best.ShouldBeNull();
        table.Trials.ShouldAllBe(trial => trial.Score == null);
        table.Tally.Trials.ShouldBe(12);
    }

    [Fact]
    public void Shows_any_two_parameters_against_each_other()
    {
        var table = Optimiser.Run(Plan, Market, Settings);

        var map = table.HeatMap("period", "buy_below");

        map.Cells.Count.ShouldBe(2);
        map.Cells.ShouldAllBe(row => row.Count == 3 && row.All(cell => cell.Trials == 2));
        map.Cells.SelectMany(row => row).Max(cell => cell.Best).ShouldBe(table.Best!.Score);
        var corner = table.Trials.Where(trial => trial.Values[0] == 7 && trial.Values[1] == 25).Select(trial => trial.Result.TotalReturn);
        table.HeatMap("period", "buy_below", trial => trial.Result.TotalReturn).Cells[0][0].Best.ShouldBe(corner.Max());
        Should.Throw<BacktestException>(() => table.HeatMap("period", "period"));
        Should.Throw<BacktestException>(() => table.HeatMap("period", "wave"));
    }

    [Fact]
    public void Tells_how_far_it_is_and_stops_when_told()
    {
        var seen = new List<SearchProgress>();
        using var stop = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => Optimiser.Run(
            Plan with { Threads = 1 },
            Market,
            Settings,
            new Teller(progress =>
            {
                seen.Add(progress);
                if (progress.Done == 5)
                {
                    stop.Cancel();
                }
            }),
            stop.Token));

        seen.Select(progress => progress.Done).ShouldBe([1, 2, 3, 4, 5]);
        seen[^1].Total.ShouldBe(12);
        seen[^1].Remaining(TimeSpan.FromSeconds(10)).ShouldBe(TimeSpan.FromSeconds(14));
        new SearchProgress(0, 12).Remaining(TimeSpan.FromSeconds(1)).ShouldBeNull();
    }

    [Fact]
    public void Refuses_more_than_memory_is_meant_for()
    {
        var space = Space(TriedValues.Between("period", 2, 2_000, 1), TriedValues.Between("buy_below", 1, 99, 1));
        var most = Optimiser.MostTrials(Market);

        var refusal = Should.Throw<BacktestException>(() => Optimiser.Run(new OptimiserPlan(space), Market, Settings));

        refusal.Message.ShouldContain($"{most:N0}");
        ((long)most * 120 * sizeof(double)).ShouldBeLessThanOrEqualTo(Optimiser.ReturnRoom);
    }

    [Fact]
    public void Refuses_values_that_a_parameter_may_not_have()
    {
        Should.Throw<BacktestException>(() => Space(new TriedValues("period", [2.5])));
        Should.Throw<BacktestException>(() => Space(new TriedValues("period", [])));
        Should.Throw<BacktestException>(() => Space(new TriedValues("wave", [1])));
        Should.Throw<BacktestException>(() => TriedValues.Between("period", 5, 4, 1));
        Should.Throw<BacktestException>(() => TriedValues.Between("period", 5, 10, 0));
    }

    [Fact]
    public void Counts_tenths_without_losing_any()
    {
        TriedValues.Between("multiplier", 0.1, 1, 0.1).Values.ShouldBe([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
        TriedValues.Between("period", 5, 12, 3).Values.ShouldBe([5, 8, 11]);
    }

    [Fact]
    public void Numbers_combinations_so_that_they_can_be_found_again()
    {
        var space = Plan.Space;

        for (var combination = 0L; combination < space.Combinations; combination++)
        {
            space.Find(space.At(combination)).ShouldBe(combination);
        }
    }

    static OptimiserPlan Plan => new(Space(new TriedValues("period", [7, 14, 21]), new TriedValues("buy_below", [25, 30]), new TriedValues("sell_above", [70, 75])));

    static ParameterSpace Space(params IReadOnlyList<TriedValues> varied) => new(Rsi, varied);

    sealed class Teller(Action<SearchProgress> tell) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => tell(value);
    }
}
