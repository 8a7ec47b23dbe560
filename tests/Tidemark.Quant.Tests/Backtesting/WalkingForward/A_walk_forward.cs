using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.WalkingForward;

public sealed class A_walk_forward
{
    const long Day = 86_400_000;

    static readonly StrategyDescription Rsi = StrategyRegistry.Find("rsi")!;
    static readonly BacktestSettings Settings = new() { Direction = TradeDirections.Both };
    static readonly BacktestInput Market = RandomWalk.Hours(2, days: 180);
    static readonly long Start = Market.Symbols[0].Candles.Times[0];

    [Fact]
    public void Leaves_two_thirds_of_the_record_out_of_sample_in_six_windows()
    {
        var walked = Walk(new WalkForwardPlan());

        walked.Windows.Select(window => (Days(window.InSample.From), Days(window.InSample.Until), Days(window.OutOfSample.From)))
            .ShouldBe([(0, 60, 60), (20, 80, 80), (40, 100, 100), (60, 120, 120), (80, 140, 140), (100, 160, 160)]);
        walked.Times[0].ShouldBe(Start + (60 * Day));
        walked.Times.Count.ShouldBe(120 * 24);
        walked.Combinations.ShouldBe(9);
    }

    [Fact]
    public void Keeps_all_the_past_where_it_is_anchored() =>
        Walk(new WalkForwardPlan { IsAnchored = true, Windows = 3, InSampleShare = 0.5 }).Windows
            .Select(window => (Days(window.InSample.From), Days(window.InSample.Until), Days(window.OutOfSample.From)))
            .ShouldBe([(0, 45, 45), (0, 90, 90), (0, 135, 135)]);

    [Fact]
    public void Chooses_by_the_past_alone()
    {
        var usual = Walk(new WalkForwardPlan());
        var differing = Walk(new WalkForwardPlan(), Until(100, RandomWalk.Hours(99, days: 180)));

        // Three windows choose on the hundred days that are the same, and two are tried on them.
        differing.Windows.Take(3).Select(window => window.Parameters["period"]).ShouldBe(usual.Windows.Take(3).Select(window => window.Parameters["period"]));
        differing.Equity.Take(40 * 24).ShouldBe(usual.Equity.Take(40 * 24));
        differing.Equity[^1].ShouldNotBe(usual.Equity[^1]);
    }

    [Fact]
    public void Asks_for_trades_in_the_sample_and_not_for_those_that_came_later()
    {
        var quiet = Until(100, RandomWalk.Of(1, 180 * 24, Timeframe.H1, volatility: 0));
        var most = Optimiser.Run(Plan, quiet, Settings).Trials.Max(trial => trial.Result.Trades);
        var search = Plan with { FewestTrades = most + 1 };
        Optimiser.Run(search, Market, Settings).Best.ShouldNotBeNull();

        var usual = WalkForward.Run(new WalkForwardPlan(), search, Market, Settings)!;
        var differing = WalkForward.Run(new WalkForwardPlan(), search, quiet, Settings)!;
        var busy = WalkForward.Run(new WalkForwardPlan(), search with { FewestTrades = 3 }, quiet, Settings)!;

        usual.Windows.Take(3).ShouldAllBe(window => !window.WasChosen);
        differing.Windows.Take(3).ShouldAllBe(window => !window.WasChosen);
        busy.Windows.Select(window => window.WasChosen).ShouldBe([true, true, true, true, true, false]);
    }

    [Fact]
    public void Measures_a_sample_alike_whether_or_not_all_is_lost_later()
    {
        var margin = Settings with { Leverage = 3, MaintenanceMargin = 0.1, Sizing = Sizing.PercentOfEquity(1) };
        var lost = Until(120, Climbing);
        Optimiser.Run(Plan, lost, margin).Trials.ShouldAllBe(trial => trial.Result.WasLiquidated && trial.Result.LiquidatedOn >= 120);

        var usual = WalkForward.Run(new WalkForwardPlan(), Plan, Until(120, RandomWalk.Hours(99, days: 180)), margin)!;
        var differing = WalkForward.Run(new WalkForwardPlan(), Plan, lost, margin)!;

        differing.Windows.Take(4).Select(window => (window.Parameters["period"], window.InSampleMean)).ShouldBe(usual.Windows.Take(4).Select(window => (window.Parameters["period"], window.InSampleMean)));
    }

    [Fact]
    public void Runs_each_choice_where_it_was_not_made_and_carries_the_money_on()
    {
        var walked = Walk(new WalkForwardPlan());

        var money = Settings.InitialCash;
        foreach (var window in walked.Windows)
        {
            var (until, candles) = (window.OutOfSample.Until, Market.Symbols[0].Candles);
            var end = until == long.MaxValue ? candles.Count : (int)((until - Start) / Market.Timeframe.Milliseconds);
            var alone = Backtester.Run(
                Rsi,
                window.Parameters,
                new BacktestInput(candles.Slice(0, end), Market.Timeframe) { TradeFrom = window.OutOfSample.From },
                Settings with { InitialCash = money, CloseAtEnd = true });
            window.OutOfSampleReturn.ShouldBe(alone.Statistics.TotalReturn);
            window.Trades.ShouldBe(alone.Trades.Count);
            alone.OpenPositions.ShouldBeEmpty();
            money = alone.Statistics.FinalEquity;
        }

        walked.Equity[^1].ShouldBe(money);
        walked.Statistics.FinalEquity.ShouldBe(money);
        walked.Trades.Count.ShouldBe(walked.Windows.Sum(window => window.Trades));
        walked.Trades.ShouldAllBe(trade => trade.EntryTime >= Start + (60 * Day));
        (Settings.InitialCash + walked.Trades.Sum(trade => trade.Result)).ShouldBe(money, 1e-6);
        walked.DailyReturns.Count.ShouldBe(119);
    }

    [Fact]
    public void Takes_the_best_of_the_sample()
    {
        var walked = Walk(new WalkForwardPlan());
        var window = walked.Windows[2];

        foreach (var combination in Enumerable.Range(0, 9))
        {
            var returns = Optimiser.Run(Plan, Market, Settings).Trials[combination].Result.DailyReturns[39..99];
            Objective.Sharpe.Score(returns)!.Value.ShouldBeLessThanOrEqualTo(window.InSampleSharpe!.Value);
        }
    }

    [Fact]
    public void Finds_what_is_there_to_find()
    {
        var walked = Walk(new WalkForwardPlan(), RandomWalk.Waves(4, days: 180));

        walked.Windows.ShouldAllBe(window => window.OutOfSampleReturn > 0);
        walked.Efficiency!.Value.ShouldBeInRange(0.5, 1.5);
    }

    [Fact]
    public void Just_runs_a_strategy_that_has_nothing_to_choose()
    {
        var hold = StrategyRegistry.Find("hold")!;

        var walked = WalkForward.Run(new WalkForwardPlan(), new OptimiserPlan(new ParameterSpace(hold, [])), Market, new BacktestSettings())!;

        var window = walked.Windows.ShouldHaveSingleItem();
        Days(window.OutOfSample.From).ShouldBe(60);
        walked.Times.Count.ShouldBe(120 * 24);
        walked.Trades.ShouldHaveSingleItem().Reason.ShouldBe(ExitReason.End);
    }

    [Fact]
    public void Runs_a_trial_that_gave_up_anew_in_each_sample()
    {
        var settings = Settings with { Protections = new Protections { MaximumDrawdown = 0.05 } };

        var walked = WalkForward.Run(new WalkForwardPlan(), Plan, Market, settings)!;

        walked.Windows.ShouldAllBe(window => window.WasChosen);
    }

    [Fact]
    public void Walks_several_symbols_on_one_account()
    {
        var second = RandomWalk.Hours(3, days: 180).Symbols[0].Candles;
        var both = new BacktestInput(Market.Timeframe, new BacktestSymbol("A", Market.Symbols[0].Candles), new BacktestSymbol("B", second.Slice(30 * 24, 100 * 24)));

        var walked = WalkForward.Run(new WalkForwardPlan(), Plan, both, Settings with { Sizing = Sizing.PercentOfEquity(0.5) })!;

        Days(walked.Windows[0].OutOfSample.From).ShouldBe(60);
        walked.Trades.Select(trade => trade.Symbol).Distinct().Order().ShouldBe(["A", "B"]);
        walked.DailyReturns.Count.ShouldBe(119);
    }

    [Fact]
    public void Needs_days_for_its_windows()
    {
        WalkForward.Run(new WalkForwardPlan(), Plan, RandomWalk.Hours(1, days: 5), Settings).ShouldBeNull();
        Should.Throw<BacktestException>(() => Walk(new WalkForwardPlan { Windows = 0 }));
        Should.Throw<BacktestException>(() => Walk(new WalkForwardPlan { InSampleShare = 1 }));
    }

    // The market of these tests for so many days, another one after that.
    static BacktestInput Until(int days, BacktestInput after)
    {
        var (before, rest) = (Market.Symbols[0].Candles, after.Symbols[0].Candles);
        var series = new CandleSeries();
        for (var i = 0; i < before.Count; i++)
        {
            series.Append(i < days * 24 ? before[i] : rest[i]);
        }

        return new BacktestInput(series.All(), Market.Timeframe);
    }

    // A price that rises to four times in two days and falls back, again and again: whoever sells it short is ruined.
    static BacktestInput Climbing
    {
        get
        {
            var series = new CandleSeries();
            for (var i = 0; i < 180 * 24; i++)
            {
                var open = 100 * Math.Pow(1.03, i % 48);
                series.Append(new Candle(Start + (i * Market.Timeframe.Milliseconds), open, open * 1.03, open, open * 1.03, 100));
            }

            return new BacktestInput(series.All(), Market.Timeframe);
        }
    }

    static OptimiserPlan Plan => new(new ParameterSpace(Rsi, [new TriedValues("period", [7, 14, 21]), new TriedValues("buy_below", [25, 30, 35])]));

    static WalkForwardResult Walk(WalkForwardPlan plan, BacktestInput? market = null) => WalkForward.Run(plan, Plan, market ?? Market, Settings)!;

    static long Days(long moment) => (moment - Start) / Day;
}
