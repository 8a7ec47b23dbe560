using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Outcomes;

public sealed class Outcomes_of_patterns
{
    static readonly Candle[] Gap = [Hour(0, 101, 99, 100.5), Hour(1, 106, 100.4, 105.8), Hour(2, 108, 103, 107)];

    [Fact]
    public void A_gap_is_entered_at_its_edge_with_the_stop_beyond_and_targets_by_risk()
    {
        var plan = Plan();

        plan.Entry.ShouldBe(103);
        plan.Stop.ShouldBe(101 - (0.005 * 102), 1e-12);
        plan.Targets.Select(plan.RiskMultipleOf).ShouldBe([1, 2, 3], 1e-9);
        TradePlan.Of(Log(Gap).Patterns[0], null, EntryStyle.Aggressive)!.Entry.ShouldBe(102);
    }

    [Theory]
    [InlineData(104, 102.5, 110, 104, TradeResult.Target, false)]
    [InlineData(104, 102.5, 104, 100, TradeResult.Stop, false)]
    [InlineData(104, 102.5, 110, 100, TradeResult.Stop, true)]
    [InlineData(104, 102.5, 104, 103, TradeResult.Open, false)]
    [InlineData(104, 103.5, 110, 103.5, TradeResult.NotEntered, false)]
    public void The_stop_is_assumed_first_where_one_candle_holds_both(double high, double low, double nextHigh, double nextLow, TradeResult result, bool ambiguous)
    {
        var outcome = Outcome([.. Gap, Hour(3, high, low, 103.7), Hour(4, nextHigh, nextLow, 103.8)]);

        outcome.Result.ShouldBe(result);
        outcome.IsAmbiguous.ShouldBe(ambiguous);
    }

    [Theory]
    [InlineData(110, 104, 104, 100, TradeResult.Target, false)]
    [InlineData(104, 100, 110, 104, TradeResult.Stop, false)]
    [InlineData(110, 100, 104, 104, TradeResult.Stop, true)]
    public void A_shorter_timeframe_tells_which_came_first(double high, double low, double nextHigh, double nextLow, TradeResult result, bool ambiguous)
    {
        const long Fourth = 4 * 3_600_000L;
        Candle[] candles = [.. Gap, Hour(3, 104, 102.5, 103.7), Hour(4, 110, 100, 103.8)];
        var finer = new CandleSeries([new(Fourth, 104, high, low, 104, 1), new(Fourth + 900_000, 104, nextHigh, nextLow, 104, 1)]);

        var outcome = PatternOutcome.Of(Log(candles).Patterns[0], Log(candles).Lives[0], Plan(), new CandleSeries(candles).All(), Timeframe.H1, 0, finer);

        outcome.Result.ShouldBe(result);
        outcome.IsAmbiguous.ShouldBe(ambiguous);
    }

    [Theory]
    [InlineData(102.5, 108, TradeResult.Target, false)]
    [InlineData(102.5, 100, TradeResult.Stop, false)]
    [InlineData(104, 102.5, TradeResult.Open, false)]
    public void A_shorter_timeframe_tells_the_order_within_the_candle_of_entry_too(double second, double third, TradeResult result, bool ambiguous)
    {
        const long Third = 3 * 3_600_000L;
        var (high, low) = (Math.Max(108, third), Math.Min(102.5, third));
        Candle[] candles = [.. Gap, Hour(3, high, low, 103.7)];
        var finer = new CandleSeries(
        [
            new(Third, 107, 108, Math.Min(second, 104), 104, 1),
            new(Third + 900_000, 104, 104, second, second, 1),
            new(Third + 1_800_000, second, Math.Max(second, third), Math.Min(second, third), third, 1),
        ]);

        var outcome = PatternOutcome.Of(Log(candles).Patterns[0], Log(candles).Lives[0], Plan(), new CandleSeries(candles).All(), Timeframe.H1, 0, finer);

        outcome.Result.ShouldBe(result);
        outcome.IsAmbiguous.ShouldBe(ambiguous);
    }

    [Fact]
    public void A_price_that_jumps_over_the_stop_is_the_price_it_leaves_at()
    {
        var jump = new Candle(4 * 3_600_000L, 98, 99, 97, 98.5, 100);

        var outcome = Outcome([.. Gap, Hour(3, 104, 102.5, 103.7), jump]);

        outcome.Result.ShouldBe(TradeResult.Stop);
        outcome.RiskMultiple.ShouldBe(Plan().RiskMultipleOf(98), 1e-9);
    }

    [Fact]
    public void Shorter_candles_that_do_not_show_all_prices_are_passed_over()
    {
        Candle[] candles = [.. Gap, Hour(3, 104, 102.5, 103.7), Hour(4, 110, 100, 103.8)];
        var finer = new CandleSeries([new(4 * 3_600_000L, 104, 110, 104, 104, 1)]);

        var outcome = PatternOutcome.Of(Log(candles).Patterns[0], Log(candles).Lives[0], Plan(), new CandleSeries(candles).All(), Timeframe.H1, 0, finer);

        outcome.Result.ShouldBe(TradeResult.Stop);
        outcome.IsAmbiguous.ShouldBeTrue();
    }

    [Fact]
    public void A_sweep_is_entered_at_its_close_with_the_stop_beyond_the_wick()
    {
        var sweep = Log(Gap).Patterns[0] with
        {
            Kind = PatternKind.LiquiditySweep,
            Direction = Direction.Bearish,
            Zone = new Zone(110, 112),
            ConfirmingClose = 109,
            AverageRange = 4,
        };

        var plan = TradePlan.Of(sweep, new DealingRange(100, 111))!;

        plan.EntersAtOnce.ShouldBeTrue();
        plan.Entry.ShouldBe(109);
        plan.Stop.ShouldBe(114);
        plan.Targets.ShouldBe([100]);
    }

    [Fact]
    public void Time_to_fill_runs_from_confirmation_to_the_candle_that_reached_the_far_edge()
    {
        var outcome = Outcome([.. Gap, Hour(3, 104, 102.5, 103.7), Hour(4, 104, 101, 103)]);

        outcome.HoursToTouch.ShouldBe(1);
        outcome.HoursToFill.ShouldBe(2);
    }

    [Fact]
    public void Results_are_in_multiples_of_the_risk_after_costs()
    {
        var won = Outcome([.. Gap, Hour(3, 104, 102.5, 103.7), Hour(4, 110, 104, 109)], cost: 0.001);

        won.RiskMultiple.ShouldBe(1 - (0.001 * (Plan().Entry + Plan().Targets[0]) / Plan().Risk), 1e-12);
    }

    [Fact]
    public void The_record_grows_one_case_at_a_time_and_says_how_sure_it_is()
    {
        var book = new OutcomeBook();
        var won = Outcome([.. Gap, Hour(3, 104, 102.5, 103.7), Hour(4, 110, 104, 109)]);
        for (var i = 0; i < 8; i++)
        {
            book.Add(won);
        }

        book.Add(won with { Result = TradeResult.Stop, RiskMultiple = -1, FillPercent = 100 });
        book.Add(won with { Result = TradeResult.NotEntered, RiskMultiple = 0, HoursToTouch = null });

        var record = book.Groups.ShouldHaveSingleItem().Value;
        record.Cases.ShouldBe(10);
        record.TargetBeforeStop!.Value.Estimate.ShouldBe(8 / 9.0);
        record.TargetBeforeStop!.Value.Cases.ShouldBe(9);
        record.TargetBeforeStop!.Value.Low.ShouldBeInRange(0.5, 0.6);
        record.FillRate!.Value.Estimate.ShouldBe(0.1);
        record.HoursToTouch!.Value.Estimate.ShouldBe(1);
        record.HoursToTouch!.Value.Cases.ShouldBe(9);
        record.HoursToFill.ShouldBeNull();
        var expectancy = record.Expectancy(new Random(1))!.Value;
        expectancy.Estimate.ShouldBe(7 / 9.0, 1e-9);
        expectancy.Low.ShouldBeLessThan(expectancy.Estimate);
        new OutcomeStatistics().TargetBeforeStop.ShouldBeNull();
    }

    static TradePlan Plan() => TradePlan.Of(Log(Gap).Patterns[0], null)!;

    static PatternOutcome Outcome(Candle[] candles, double cost = 0)
    {
        var log = Log(candles);
        return PatternOutcome.Of(log.Patterns[0], log.Lives[0], Plan(), new CandleSeries(candles).All(), Timeframe.H1, cost);
    }

    static PatternLog Log(Candle[] candles) => PatternLog.Of(new CandleSeries(candles).All(), Timeframe.H1);

    static Candle Hour(int index, double high, double low, double close) => new(index * 3_600_000L, close, high, low, close, 1);
}
