using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>Orders that take no more than a tenth of a bar's volume.</summary>
public sealed class Fills_over_several_bars
{
    static readonly BacktestSettings Capped = new()
    {
        InitialCash = 100_000,
        Fees = new Fees(0, 0),
        Direction = TradeDirections.Both,
        ParticipationCap = 0.1,
    };

    static readonly (double, double, double, double, double) Calm = (100, 101, 99, 100, 1_000);

    [Fact]
    public void A_target_that_is_reached_does_not_call_off_an_exit()
    {
        // 100 of 250 leave at the open of the fifth bar; the target is touched in it, but the bar's share is used up.
        var result = Run(
            [Calm, Calm, Calm, Calm, (100, 106, 99, 100, 1_000), Calm, Calm, Calm], Of(250), (0, BuyWith(target: 105)), (3, Exit));

        result.OpenPositions.ShouldBeEmpty();
        result.Trades.Select(trade => (trade.ExitBar, Math.Round(trade.Quantity, 6), trade.Reason))
            .ShouldBe([(4, 100, ExitReason.Signal), (5, 100, ExitReason.Signal), (6, 50, ExitReason.Signal)]);
    }

    [Fact]
    public void A_target_is_done_with_only_when_all_of_its_part_is_sold()
    {
        // Three parts of 80: the bar that reaches the first target lets 30 go, so 50 still stand there before the second is meant.
        var result = Run(
            [Calm, Big(100, 101, 99, 100), (101, 102.5, 100, 101, 300), Big(101, 102.5, 100, 101), Big(101, 105, 101, 104)], Of(240),
            (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long) { Target = 102, SecondTarget = 104, ThirdTarget = 110 })));

        result.Trades.Select(trade => (trade.ExitBar, trade.ExitPrice, Math.Round(trade.Quantity, 6))).ShouldBe([(2, 102, 30), (3, 102, 50), (4, 104, 80)]);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(80, 1e-6);
    }

    [Fact]
    public void What_is_left_of_an_order_takes_no_more_than_there_is_money_for()
    {
        // All of 20,000 buys 200 at 100; after the first 100 the price has doubled, and 10,000 pay for 50.
        var result = Run([Calm, Calm, (200, 201, 199, 200, 1_000), (200, 201, 199, 200, 1_000)], Capped with { InitialCash = 20_000 }, (0, BuyWith()));

        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(150, 1e-6);
        result.Ledger.FinalEquity.ShouldBe(30_000, 1e-6);
    }

    [Fact]
    public void An_order_whose_money_is_gone_is_dropped_with_a_word()
    {
        // Funding takes what the rest was meant to cost.
        const long Hour = 3_600_000;
        var bars = Bars([Calm, Calm, (110, 111, 109, 110, 1_000), Calm]);
        var input = new BacktestInput(Timeframe.H1, new BacktestSymbol("X", bars.All()) { Funding = [new FundingPoint(2 * Hour, 1)] });

        var result = Backtester.Run(Scripted.Of((0, BuyWith())), null, input, Capped with { InitialCash = 20_000 }, TestContext.Current.CancellationToken);

        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(100, 1e-6);
        result.Rejections[Rejection.NoMoney].ShouldBe(1);
    }

    [Fact]
    public void A_stop_that_is_reached_in_a_bar_without_volume_ends_its_group_and_goes_on_at_the_market()
    {
        var result = Run(
            [Calm, (100, 104, 99, 103, 0), Calm, (100, 100, 90, 91, 1_000)], Of(50),
            (0, (in Moment _, ref OrderPad pad) =>
            {
                pad.Place(new OrderTicket(Side.Long, OrderKind.Stop) { StopPrice = 103, Group = 1 });
                pad.Place(new OrderTicket(Side.Short, OrderKind.Stop) { StopPrice = 96, Group = 1 });
            }
        ));

        result.Trades.ShouldBeEmpty();
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.Side, open.EntryBar, open.EntryPrice).ShouldBe((Side.Long, 2, 100));
    }

    [Fact]
    public void A_limit_that_is_touched_in_a_bar_without_volume_still_ends_its_group_when_it_fills()
    {
        var result = Run(
            [Calm, (100, 100, 96, 98, 0), (98, 99, 96, 98, 1_000), (98, 110, 97, 109, 1_000)], Of(50),
            (0, (in Moment _, ref OrderPad pad) =>
            {
                pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 97, Group = 1 });
                pad.Place(new OrderTicket(Side.Short, OrderKind.Limit) { LimitPrice = 108, Group = 1 });
            }
        ));

        result.Trades.ShouldBeEmpty();
        var open = result.OpenPositions.ShouldHaveSingleItem();
        (open.Side, open.EntryBar, open.EntryPrice).ShouldBe((Side.Long, 2, 97));
    }

    [Fact]
    public void An_entry_that_fills_in_part_is_protected_in_the_same_bar()
    {
        // 100 of 150 are bought at 97 on the way down to 90; the stop at 95 lies between. The bar's share is used up, so they leave at the next open.
        var result = Run(
            [Calm, (100, 100, 90, 91, 1_000), (92, 93, 91, 92, 10_000), Calm], Of(150),
            (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 97, ProtectiveStop = 95 })));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((2, 92, ExitReason.Stop));
        trade.Quantity.ShouldBe(100, 1e-6);
        result.OpenPositions.ShouldBeEmpty();
    }

    [Fact]
    public void A_turn_round_takes_the_rest_of_the_entry_with_it()
    {
        var result = Run(
            [Calm, (100, 101, 99, 100, 1_000), Calm, Calm, Calm], Of(150),
            (0, (in Moment _, ref OrderPad pad) => pad.Place(new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 99.5 })), (1, Sell));

        result.Trades.ShouldHaveSingleItem().Quantity.ShouldBe(100, 1e-6);
        var open = result.OpenPositions.ShouldHaveSingleItem();
        open.Side.ShouldBe(Side.Short);
        open.Quantity.ShouldBe(150, 1e-6);
    }

    static BacktestSettings Of(double quantity) => Capped with { Sizing = Sizing.FixedQuantity(quantity) };

    static (double, double, double, double, double) Big(double open, double high, double low, double close) => (open, high, low, close, 100_000);

    static void Exit(in Moment bar, ref OrderPad pad) => pad.Exit();

    static void Sell(in Moment bar, ref OrderPad pad) => pad.Sell();

    static Scripted.Line BuyWith(double stop = double.NaN, double target = double.NaN) => (in Moment _, ref OrderPad pad) => pad.Buy(stop, target);

    static CandleSeries Bars(ReadOnlySpan<(double Open, double High, double Low, double Close, double Volume)> bars)
    {
        var series = new CandleSeries(bars.Length);
        for (var i = 0; i < bars.Length; i++)
        {
            series.Append(new Candle(i * Timeframe.H1.Milliseconds, bars[i].Open, bars[i].High, bars[i].Low, bars[i].Close, bars[i].Volume, 60));
        }

        return series;
    }

    static BacktestResult Run((double, double, double, double, double)[] bars, BacktestSettings settings, params (int, Scripted.Line)[] lines) =>
        Backtester.Run(Scripted.Of(lines), null, new BacktestInput(Bars(bars).All(), Timeframe.H1), settings, TestContext.Current.CancellationToken);
}
