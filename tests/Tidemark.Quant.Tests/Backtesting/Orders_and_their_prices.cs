using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

public sealed class Orders_and_their_prices
{
    static readonly BacktestSettings Free = new()
    {
        InitialCash = 1_000,
        Fees = new Fees(0, 0),
        Sizing = Sizing.FixedQuantity(1),
        Direction = TradeDirections.Both,
    };

    static readonly (double, double, double, double) Calm = (100, 101, 99, 100);

    [Fact]
    public void A_market_order_fills_at_the_next_open()
    {
        var result = Run([Calm, (102, 104, 101, 103), (103, 105, 102, 104)], Free, (0, Buy), (1, Exit));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.EntryBar, trade.EntryPrice, trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((1, 102, 2, 103, ExitReason.Signal));
        result.Equity.ShouldBe([1_000, 1_001, 1_001]);
    }

    [Fact]
    public void An_order_of_the_last_bar_never_fills() =>
        Run([Calm, Calm], Free, (1, Buy)).OpenPositions.ShouldBeEmpty();

    [Fact]
    public void A_limit_fills_at_its_price_or_a_better_open()
    {
        Entry([Calm, Calm, (100, 100, 96, 98)], Limit(97)).ShouldBe((2, 97));
        Entry([Calm, Calm, (95, 98, 94, 96)], Limit(97)).ShouldBe((2, 95));
        Entry([Calm, Calm, Calm], Limit(97)).ShouldBeNull();
    }

    [Fact]
    public void A_stop_fills_at_its_price_or_a_worse_open()
    {
        Entry([Calm, Calm, (100, 104, 99, 103)], Stop(103)).ShouldBe((2, 103));
        Entry([Calm, Calm, (105, 106, 104, 105)], Stop(103)).ShouldBe((2, 105));
        Entry([Calm, Calm, Calm], Stop(103)).ShouldBeNull();
    }

    [Fact]
    public void A_stop_limit_waits_for_its_limit_once_it_is_awake()
    {
        // Woken at 103 with a limit of 102: price must come back, and in the bar that woke it nobody knows whether it did.
        Entry([Calm, (100, 104, 100, 104), (104, 104, 101, 102)], StopLimit(103, 102)).ShouldBe((2, 102));
        Entry([Calm, (100, 104, 100, 104), (104, 106, 103, 105)], StopLimit(103, 102)).ShouldBeNull();
        Entry([Calm, (100, 104, 100, 104), Calm], StopLimit(103, 103.5)).ShouldBe((1, 103));
    }

    [Fact]
    public void Of_two_orders_in_a_group_the_first_to_fill_ends_the_other()
    {
        var result = Run([Calm, Calm, (100, 104, 99, 103), (103, 103, 90, 92)], Free, (0, Straddle));

        result.Trades.ShouldBeEmpty();
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.Side, open.EntryPrice).ShouldBe((Side.Long, 103));
    }

    [Fact]
    public void Of_two_orders_that_one_bar_reaches_the_nearer_to_the_open_fills_and_it_is_counted()
    {
        var result = Run([Calm, (100, 104, 95, 100)], Free, (0, Straddle));

        result.OpenPositions.ShouldHaveSingleItem().EntryPrice.ShouldBe(103);
        result.AmbiguousFills.ShouldBe(1);
    }

    [Fact]
    public void An_order_that_is_good_for_some_bars_expires()
    {
        var result = Run(
            [Calm, Calm, Calm, (100, 100, 90, 95)], Free, (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 97, GoodForBars = 2 })));

        result.OpenPositions.ShouldBeEmpty();
        result.Rejections[Rejection.Expired].ShouldBe(1);
    }

    [Fact]
    public void A_stop_is_hit_in_the_bar_of_entry_too()
    {
        var trade = Run([Calm, (100, 101, 94, 96)], Free, (0, BuyWith(stop: 95))).Trades.ShouldHaveSingleItem();

        (trade.EntryBar, trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((1, 1, 95, ExitReason.Stop));
    }

    [Fact]
    public void Beyond_a_level_the_open_counts()
    {
        Exit([Calm, Calm, (93, 94, 92, 93)], BuyWith(stop: 95)).ShouldBe((2, 93, ExitReason.Stop));
        Exit([Calm, Calm, (108, 109, 107, 108)], BuyWith(target: 105)).ShouldBe((2, 108, ExitReason.Target));
        Exit([Calm, Calm, (107, 108, 106, 107)], SellWith(stop: 105)).ShouldBe((2, 107, ExitReason.Stop));
        Exit([Calm, Calm, (92, 93, 91, 92)], SellWith(target: 95)).ShouldBe((2, 92, ExitReason.Target));
    }

    [Fact]
    public void Where_a_bar_holds_stop_and_target_the_stop_is_assumed_and_counted()
    {
        var result = Run([Calm, (100, 106, 94, 100)], Free, (0, BuyWith(95, 105)));

        result.Trades.ShouldHaveSingleItem().Reason.ShouldBe(ExitReason.Stop);
        result.Trades[0].IsAmbiguous.ShouldBeTrue();
        result.AmbiguousFills.ShouldBe(1);
        result.Warnings.ShouldContain(BacktestWarning.AmbiguousFills);
    }

    [Fact]
    public void Where_a_bar_opens_beyond_the_target_nothing_is_unclear_unless_the_stop_always_goes_first()
    {
        (double, double, double, double)[] bars = [Calm, Calm, (106, 107, 94, 100)];

        Exit(bars, BuyWith(95, 105)).ShouldBe((2, 106, ExitReason.Target));
        Exit(bars, BuyWith(95, 105), Free with { StopPrecedence = StopPrecedence.Always }).ShouldBe((2, 95, ExitReason.Stop));
    }

    [Fact]
    public void Finer_candles_say_what_came_first()
    {
        const long Quarter = 900_000, Hour = 3_600_000;
        var bars = Markets.Hours(Calm, (100, 106, 94, 100));
        var finer = new CandleSeries(
        [
            new Candle(Hour, 100, 106, 100, 104, 1, 15), new Candle(Hour + Quarter, 104, 104, 99, 100, 1, 15),
            new Candle(Hour + (2 * Quarter), 100, 100, 94, 95, 1, 15), new Candle(Hour + (3 * Quarter), 95, 100, 95, 100, 1, 15),
        ]);

        var seen = Run(bars, Free, finer.All(), (0, BuyWith(95, 105)));
        var partly = Run(bars, Free, finer.Slice(0, 2), (0, BuyWith(95, 105)));

        seen.Trades.ShouldHaveSingleItem().Reason.ShouldBe(ExitReason.Target);
        seen.AmbiguousFills.ShouldBe(0);
        partly.Trades.ShouldHaveSingleItem().Reason.ShouldBe(ExitReason.Stop);
        partly.AmbiguousFills.ShouldBe(1);
    }

    [Fact]
    public void Finer_candles_with_a_hole_say_nothing()
    {
        // The highest and the lowest price are there, the target first; what happened in the quarter that is missing is not.
        const long Quarter = 900_000, Hour = 3_600_000;
        var bars = Markets.Hours(Calm, (100, 106, 94, 100));
        var finer = new CandleSeries(
        [
            new Candle(Hour + Quarter, 100, 106, 100, 104, 1, 15), new Candle(Hour + (2 * Quarter), 104, 104, 94, 95, 1, 15), new Candle(Hour + (3 * Quarter), 95, 100, 95, 100, 1, 15),
        ]);

        var result = Run(bars, Free, finer.All(), (0, BuyWith(95, 105)));

        result.Trades.ShouldHaveSingleItem().Reason.ShouldBe(ExitReason.Stop);
        result.AmbiguousFills.ShouldBe(1);
    }

    [Fact]
    public void A_target_before_a_limit_entry_in_the_same_bar_does_not_count()
    {
        var result = Run(
            [Calm, (100, 106, 96, 98), (98, 99, 97, 98)], Free,
            (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 97, Target = 105, ProtectiveStop = 90 })));

        result.Trades.ShouldBeEmpty();
        result.OpenPositions.ShouldHaveSingleItem().EntryPrice.ShouldBe(97);
    }

    [Fact]
    public void Several_targets_take_equal_parts()
    {
        var result = Run(
            [Calm, (100, 103, 99, 102), (102, 105, 101, 104), (104, 107, 103, 106)], Free with { Sizing = Sizing.FixedQuantity(3) },
            (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long) { Target = 102, SecondTarget = 104, ThirdTarget = 106 })));

        result.Trades.Select(trade => (trade.ExitBar, trade.ExitPrice, Math.Round(trade.Quantity, 6))).ShouldBe([(1, 102, 1), (2, 104, 1), (3, 106, 1)]);
        result.OpenPositions.ShouldBeEmpty();
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_price_and_never_turns_back()
    {
        var result = Run(
            [Calm, (100, 110, 99, 109), (109, 109, 104, 106)], Free with { TrailingFraction = 0.05 }, (0, Buy));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((2, 105, ExitReason.Trailing));
    }

    [Fact]
    public void A_trailing_stop_that_a_bar_closes_beyond_was_crossed_in_it()
    {
        var result = Run([Calm, (100, 110, 99, 101), (101, 120, 100, 119)], Free with { TrailingFraction = 0.05 }, (0, Buy));
        var falling = Run([Calm, (100, 101, 90, 99), (99, 100, 80, 81)], Free with { TrailingFraction = 0.05 }, (0, Sell));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitBar, trade.ExitPrice, trade.Reason, trade.IsAmbiguous).ShouldBe((1, 105, ExitReason.Trailing, false));
        falling.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(95);
    }

    [Fact]
    public void A_trailing_stop_follows_a_high_after_a_stop_entry_but_not_one_that_may_have_been_before_a_limit()
    {
        var advancing = Run(
            [Calm, (100, 110, 99, 104), Calm], Free with { TrailingFraction = 0.05 }, (0, Stop(102)));
        var returning = Run(
            [Calm, (100, 110, 97, 104), (104, 105, 103, 104)], Free with { TrailingFraction = 0.05 }, (0, Limit(98)));

        // The distance is a twentieth of the price that wakes the order: 5.1 under the high.
        advancing.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(104.9, 1e-9);
        returning.OpenPositions.ShouldHaveSingleItem().Stop!.Value.ShouldBe(105 - 4.9, 1e-9);
    }

    [Fact]
    public void A_strategy_can_move_stop_and_target()
    {
        var result = Run(
            [Calm, Calm, (100, 102, 98, 101), (101, 102, 98, 99)], Free, (0, BuyWith(90, 120)), (2, (in Moment _, ref OrderPad pad) => pad.MoveStop(99)));

        result.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(99);
    }

    [Fact]
    public void The_other_side_turns_a_position_round_at_one_open()
    {
        var result = Run([Calm, Calm, (102, 103, 101, 102)], Free, (0, Buy), (1, Sell));

        result.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(102);
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.Side, open.EntryPrice, open.EntryBar).ShouldBe((Side.Short, 102, 2));
    }

    [Fact]
    public void Makers_and_takers_pay_their_own_fees()
    {
        var result = Run([Calm, Calm, (100, 106, 99, 105)], Free with { Fees = new Fees(0.001, 0.002) }, (0, BuyWith(target: 105)));

        var trade = result.Trades.ShouldHaveSingleItem();
        trade.EntryFee.ShouldBe(0.2);
        trade.ExitFee.ShouldBe(0.105, 1e-12);
        trade.Result.ShouldBe(5 - 0.305, 1e-12);
    }

    [Fact]
    public void Spread_and_slippage_make_the_market_worse_and_leave_limits_alone()
    {
        var costly = Free with { Spread = 0.002, Slippage = Slippage.Fixed(0.001) };
        var result = Run([Calm, Calm, (100, 106, 99, 105)], costly, (0, BuyWith(target: 105)));

        var trade = result.Trades.ShouldHaveSingleItem();
        trade.EntryPrice.ShouldBe(100.2, 1e-9);
        trade.ExitPrice.ShouldBe(105);
        trade.SpreadAndSlippage.ShouldBe(0.2, 1e-9);
        result.Ledger.SpreadAndSlippage.ShouldBe(0.2, 1e-9);
    }

    [Fact]
    public void A_limit_that_can_fill_at_once_takes_what_is_there()
    {
        var costly = Free with { Fees = new Fees(0.001, 0.002), Spread = 0.02 };

        var atOnce = Run([Calm, (95, 98, 94, 96)], costly, (0, Limit(97))).OpenPositions.ShouldHaveSingleItem();
        var nearly = Run([Calm, (96.5, 98, 94, 96)], costly, (0, Limit(97))).OpenPositions.ShouldHaveSingleItem();
        var waited = Run([Calm, Calm, (95, 98, 94, 96)], costly, (0, Limit(97))).OpenPositions.ShouldHaveSingleItem();

        atOnce.EntryPrice.ShouldBe(95 * 1.01, 1e-9);
        atOnce.EntryFee.ShouldBe(95 * 1.01 * 0.002, 1e-9);
        nearly.EntryPrice.ShouldBe(97);
        nearly.EntryFee.ShouldBe(97 * 0.002, 1e-9);
        waited.EntryPrice.ShouldBe(95);
        waited.EntryFee.ShouldBe(95 * 0.001, 1e-9);
    }

    [Fact]
    public void A_target_that_the_open_is_beyond_when_it_is_set_takes_what_is_there()
    {
        var costly = Free with { Fees = new Fees(0.001, 0.002), Spread = 0.002 };

        var entered = Run([Calm, (106, 107, 104, 105), Calm], costly, (0, BuyWith(target: 105))).Trades.ShouldHaveSingleItem();
        var moved = Run([Calm, Calm, (106, 107, 104, 105)], costly, (0, BuyWith()), (1, (in Moment _, ref OrderPad pad) => pad.MoveTarget(105))).Trades.ShouldHaveSingleItem();
        var stood = Run([Calm, Calm, (106, 107, 104, 105)], costly, (0, BuyWith(target: 105))).Trades.ShouldHaveSingleItem();

        entered.ExitBar.ShouldBe(1);
        entered.ExitPrice.ShouldBe(106 * 0.999, 1e-9);
        entered.ExitFee.ShouldBe(106 * 0.999 * 0.002, 1e-9);
        moved.ExitPrice.ShouldBe(106 * 0.999, 1e-9);
        moved.ExitFee.ShouldBe(106 * 0.999 * 0.002, 1e-9);
        stood.ExitPrice.ShouldBe(106);
        stood.ExitFee.ShouldBe(106 * 0.001, 1e-9);
    }

    [Fact]
    public void Slippage_grows_with_the_square_of_the_share_of_volume()
    {
        var result = Run([Calm, Calm, Calm], Free with { Slippage = Slippage.VolumeShare(0.1), Sizing = Sizing.FixedQuantity(100), InitialCash = 100_000 }, (0, Buy));

        result.OpenPositions.ShouldHaveSingleItem().EntryPrice.ShouldBe(100 * (1 + (0.1 * 0.1 * 0.1)), 1e-9);
    }

    [Fact]
    public void No_more_than_the_cap_of_a_bars_volume_is_taken_and_the_rest_goes_on()
    {
        var result = Run(
            [Calm, Calm, (102, 103, 101, 102), (104, 105, 103, 104), Calm, Calm, Calm], Free with { ParticipationCap = 0.1, Sizing = Sizing.FixedQuantity(250), InitialCash = 100_000 },
            (0, Buy), (3, Exit));

        result.Trades.Sum(trade => trade.Quantity).ShouldBe(250, 1e-6);
        result.Trades.Select(trade => Math.Round(trade.Quantity, 6)).ShouldBe([100, 100, 50]);
        result.Trades[0].EntryPrice.ShouldBe(((100 * 100) + (100 * 102) + (50 * 104)) / 250.0, 1e-9);
    }

    [Fact]
    public void What_is_left_of_a_stop_that_was_reached_goes_on_at_the_market()
    {
        var result = Run(
            [Calm, (100, 104, 99, 103), (101, 102, 100, 101), Calm], Free with { ParticipationCap = 0.1, Sizing = Sizing.FixedQuantity(150), InitialCash = 100_000 }, (0, Stop(103)));

        var open = result.OpenPositions.ShouldHaveSingleItem();
        open.Quantity.ShouldBe(150, 1e-6);
        open.EntryPrice.ShouldBe(((100 * 103) + (50 * 101)) / 150.0, 1e-9);
    }

    [Fact]
    public void Steps_and_least_sizes_of_the_exchange_are_kept()
    {
        var rules = Free with { Market = new MarketRules(0.5, 0.25), Sizing = Sizing.FixedValue(180), Slippage = Slippage.Fixed(0.0001) };
        var open = Run([Calm, Calm], rules, (0, BuyWith(stop: 95.1))).OpenPositions.ShouldHaveSingleItem();
        (open.Quantity, open.EntryPrice, open.Stop).ShouldBe((1.5, 100.25, 95));

        Run([Calm, Calm], Free with { Market = new MarketRules(MinimumNotional: 101) }, (0, Buy)).Rejections[Rejection.TooSmall].ShouldBe(1);
        Run([Calm, Calm], Free with { Market = new MarketRules(MinimumQuantity: 2) }, (0, Buy)).Rejections[Rejection.TooSmall].ShouldBe(1);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_reason()
    {
        Run([Calm, Calm], Free with { Direction = TradeDirections.Long }, (0, Sell)).Rejections[Rejection.SideNotAllowed].ShouldBe(1);
        Run([Calm, Calm, Calm], Free, (0, Buy), (1, Buy)).Rejections[Rejection.AlreadyIn].ShouldBe(1);
        Run([Calm, Calm], Free, (0, Limit(double.NaN))).Rejections[Rejection.BadPrice].ShouldBe(1);
        Run([Calm, Calm], Free with { Sizing = Sizing.RiskPercent(0.01) }, (0, Buy)).Rejections[Rejection.NoStop].ShouldBe(1);
        Should.Throw<BacktestException>(() => Run([Calm], Free with { InitialCash = 0 })).Message.ShouldContain("initial cash");
    }

    static void Buy(in Moment bar, ref OrderPad pad) => pad.Buy();

    static void Sell(in Moment bar, ref OrderPad pad) => pad.Sell();

    static void Exit(in Moment bar, ref OrderPad pad) => pad.Exit();

    static void Straddle(in Moment bar, ref OrderPad pad)
    {
        pad.Place(new OrderTicket(Side.Long, OrderKind.Stop) { StopPrice = 103, Group = 1 });
        pad.Place(new OrderTicket(Side.Short, OrderKind.Stop) { StopPrice = 96, Group = 1 });
    }

    static Scripted.Line BuyWith(double stop = double.NaN, double target = double.NaN) => (in Moment _, ref OrderPad pad) => pad.Buy(stop, target);

    static Scripted.Line SellWith(double stop = double.NaN, double target = double.NaN) => (in Moment _, ref OrderPad pad) => pad.Sell(stop, target);

    static Scripted.Line Limit(double price) => (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = price });

    static Scripted.Line Stop(double price) => (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Stop) { StopPrice = price });

    static Scripted.Line StopLimit(double stop, double limit) =>
        (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.StopLimit) { StopPrice = stop, LimitPrice = limit });

    static (int Bar, double Price)? Entry((double, double, double, double)[] bars, Scripted.Line order) =>
        Run(bars, Free, (0, order)).OpenPositions is [var open] ? (open.EntryBar, open.EntryPrice) : null;

    static (int Bar, double Price, ExitReason Reason) Exit((double, double, double, double)[] bars, Scripted.Line order, BacktestSettings? settings = null)
    {
        var trade = Run(bars, settings ?? Free, (0, order)).Trades.ShouldHaveSingleItem();
        return (trade.ExitBar, trade.ExitPrice, trade.Reason);
    }

    static BacktestResult Run((double, double, double, double)[] bars, BacktestSettings settings, params (int, Scripted.Line)[] lines) =>
        Run(Markets.Hours(bars), settings, default, lines);

    static BacktestResult Run(CandleSeries bars, BacktestSettings settings, CandleSlice finer, params (int, Scripted.Line)[] lines) =>
        Backtester.Run(
            Scripted.Of(lines), null, new BacktestInput(Timeframe.H1, new BacktestSymbol("X", bars.All()) { Minutes = finer }), settings, TestContext.Current.CancellationToken);
}
