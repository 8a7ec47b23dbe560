using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

public sealed class The_account
{
    static readonly (double, double, double, double) Calm = (100, 101, 99, 100);

    static readonly BacktestSettings Free = new() { InitialCash = 1_000, Fees = new Fees(0, 0), Direction = TradeDirections.Both };

    static readonly BacktestSettings Lent = Free with { Leverage = 2, MaintenanceMargin = 0.1, Sizing = Sizing.FixedValue(1_000) };

    [Fact]
    public void That_is_short_of_all_it_has_is_closed_by_force_and_does_not_go_on()
    {
        var result = Run([Calm, Calm, (150, 210, 149, 205), (205, 206, 100, 100), Calm, Calm], Free, (0, Sell), (3, Sell), (4, Buy));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((2, 200, ExitReason.Liquidation));
        result.Equity.ShouldBe([1_000, 1_000, 0, 0, 0, 0]);
        result.WasLiquidated.ShouldBeTrue();
        result.Rejections[Rejection.NoMoney].ShouldBe(2);
        result.Statistics.TotalReturn.ShouldBe(-1);
        result.Statistics.MaxDrawdown.ShouldBe(1);
    }

    [Fact]
    public void Owes_what_a_jump_over_the_last_price_it_could_pay_cost()
    {
        var result = Run([Calm, Calm, (250, 260, 240, 250), Calm], Free, (0, Sell));

        result.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(250);
        result.Statistics.FinalEquity.ShouldBe(-500);
        result.DailyReturns.ShouldAllBe(change => double.IsFinite(change));
    }

    [Fact]
    public void That_borrowed_is_closed_where_the_margin_ends()
    {
        var result = Run([Calm, Calm, (90, 91, 70, 75)], Free with { Leverage = 4, MaintenanceMargin = 0.05 }, (0, Buy));

        var trade = result.Trades.ShouldHaveSingleItem();
        trade.Quantity.ShouldBe(40, 1e-7);
        trade.ExitPrice.ShouldBe(3_000 / (40 * 0.95), 1e-6);
        trade.Reason.ShouldBe(ExitReason.Liquidation);
    }

    [Fact]
    public void Pays_and_gets_funding_on_its_grid()
    {
        const long Hour = 3_600_000;
        var bars = Markets.Hours(Calm, Calm, (110, 111, 109, 110), Calm);
        FundingPoint[] funding = [new(0, 0.01), new(2 * Hour, 0.01), new((3 * Hour) + 60_000, -0.02)];
        var input = new BacktestInput(Timeframe.H1, new BacktestSymbol("X", bars.All()) { Funding = funding });

        var result = Backtester.Run(Scripted.Of((0, Buy)), null, input, Free with { Sizing = Sizing.FixedQuantity(1) }, TestContext.Current.CancellationToken);

        result.Ledger.Funding.ShouldBe(-1.1 + 2, 1e-12);
        result.OpenPositions.ShouldHaveSingleItem().Funding.ShouldBe(0.9, 1e-12);
        result.Equity[^1].ShouldBe(1_000.9, 1e-9);
    }

    [Fact]
    public void Risks_what_it_was_told_at_the_stop()
    {
        var result = Run([Calm, Calm, (100, 100, 90, 91)], Free with { Sizing = Sizing.RiskPercent(0.02) }, (0, (in Moment _, ref OrderPad pad) => pad.Buy(stop: 96)));

        result.Trades.ShouldHaveSingleItem().Result.ShouldBe(-20, 1e-6);
    }

    [Fact]
    public void Stakes_Kellys_fraction_only_of_enough_trades_and_never_above_the_cap()
    {
        var sizing = Sizing.Kelly(share: 1, cap: 0.3, before: 0.1) with { KellyTrades = 2 };
        var result = Run(
            [Calm, Calm, (110, 110, 110, 110), (110, 110, 110, 110), (108, 108, 108, 108), (108, 108, 108, 108)], Free with { Sizing = sizing },
            (0, Buy), (1, Exit), (2, Buy), (3, Exit), (4, Buy));

        result.Trades[0].Quantity.ShouldBe(1, 1e-7);
        result.OpenPositions.ShouldHaveSingleItem().Quantity.ShouldBe(result.Equity[^1] * 0.3 / 108, 1e-6);
    }

    [Fact]
    public void Cools_down_after_an_exit()
    {
        var result = Run(
            [Calm, Calm, Calm, Calm, Calm, Calm, Calm], Free with { Protections = new Protections { CoolDownBars = 2 } },
            (0, Buy), (1, Exit), (2, Buy), (3, Buy), (4, Buy));

        result.Rejections[Rejection.CoolingDown].ShouldBe(2);
        result.OpenPositions.ShouldHaveSingleItem().EntryBar.ShouldBe(5);
    }

    [Fact]
    public void Pauses_after_too_many_stops()
    {
        (double, double, double, double) fall = (100, 100, 94, 95);
        var stopped = Line(stop: 95);
        var result = Run(
            [Calm, fall, fall, Calm, Calm, Calm, Calm], Free with { Protections = new Protections { StopGuard = new StopGuard(2, 10, 2) } },
            (0, stopped), (1, stopped), (2, stopped), (3, stopped), (4, stopped));

        result.Trades.Count.ShouldBe(2);
        result.Rejections[Rejection.StopGuard].ShouldBe(2);
        result.OpenPositions.ShouldHaveSingleItem().EntryBar.ShouldBe(5);
    }

    [Fact]
    public void Gives_up_at_the_largest_drawdown_allowed()
    {
        var result = Run(
            [Calm, Calm, (80, 80, 78, 79), (85, 86, 84, 85), Calm], Free with { Protections = new Protections { MaximumDrawdown = 0.2 } }, (0, Buy), (3, Buy));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitBar, trade.ExitPrice, trade.Reason).ShouldBe((3, 85, ExitReason.Drawdown));
        result.OpenPositions.ShouldBeEmpty();
    }

    [Fact]
    public void Closes_at_the_end_where_it_is_told_to()
    {
        var result = Run([Calm, Calm, (105, 106, 104, 105)], Free with { CloseAtEnd = true, Fees = new Fees(0.001, 0.001), Sizing = Sizing.FixedQuantity(1) }, (0, Buy));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.ExitPrice, trade.Reason).ShouldBe((105, ExitReason.End));
        result.Equity[^1].ShouldBe(1_005 - 0.205, 1e-9);
    }

    [Fact]
    public void Is_shared_by_all_symbols()
    {
        var one = Markets.Hours(Calm, Calm, (110, 110, 110, 110), (110, 110, 110, 110));
        var other = new CandleSeries([new Candle(2 * 3_600_000, 50, 50, 50, 50, 1, 60), new Candle(3 * 3_600_000, 60, 60, 60, 60, 1, 60)]);
        var input = new BacktestInput(Timeframe.H1, new BacktestSymbol("A", one.All()), new BacktestSymbol("B", other.All()));
        var settings = Free with { Sizing = Sizing.PercentOfEquity(0.5) };

        var result = Backtester.Run(StrategyRegistry.Find("hold")!, null, input, settings with { Direction = TradeDirections.Long }, TestContext.Current.CancellationToken);

        // Half of 1,000 at 100; at 60 half of the 1,050 that this has become is more than the 500 that are left.
        result.OpenPositions.Select(open => (open.Symbol, open.EntryBar)).ShouldBe([("A", 1), ("B", 1)]);
        result.OpenPositions[0].Quantity.ShouldBe(5, 1e-7);
        result.OpenPositions[1].Quantity.ShouldBe(500 / 60.0, 1e-7);
        result.Equity.ShouldBe([1_000, 1_000, 1_050, 1_050]);
    }

    [Fact]
    public void Trades_each_symbol_as_it_would_alone_where_there_is_money_enough()
    {
        var settings = Free with
        {
            InitialCash = 1_000_000,
            Fees = new Fees(0.0002, 0.0005),
            Sizing = Sizing.FixedQuantity(1),
            StopFraction = 0.03,
            TargetFraction = 0.04,
            TrailingFraction = 0.05,
            Slippage = Slippage.Volatility(0.1),
        };
        BacktestSymbol[] symbols = [.. new[] { 5, 6, 7 }.Select(seed => new BacktestSymbol($"S{seed}", Markets.Hours(seed, 500 + (40 * seed)).All()))];
        var (strategy, parameters) = Markets.Strategy(0);
        BacktestResult Of(params BacktestSymbol[] some) => Backtester.Run(strategy, parameters, new BacktestInput(Timeframe.H1, some), settings, TestContext.Current.CancellationToken);

        var all = Of(symbols);

        foreach (var symbol in symbols)
        {
            all.Trades.Where(trade => trade.Symbol == symbol.Name).ShouldBe(Of(symbol).Trades);
        }

        (all.Ledger.FinalEquity - 1_000_000).ShouldBe(symbols.Sum(symbol => Of(symbol).Ledger.FinalEquity - 1_000_000), 1e-6);
        var trial = new TrialRunner(strategy, new BacktestInput(Timeframe.H1, symbols), settings).Run(parameters);
        (trial.FinalEquity, trial.Trades).ShouldBe((all.Ledger.FinalEquity, all.Trades.Count));
    }

    [Fact]
    public void Closes_all_symbols_by_force_where_together_they_no_longer_keep_the_margin()
    {
        // With the other at its open each would be closed at 152; at 150 both together have cost all there was.
        (double, double, double, double)[] rising = [Calm, Calm, (120, 151, 119, 150), (150, 151, 100, 101)];

        var result = Both(rising, rising, Lent, (0, Sell));

        result.Trades.Select(trade => (trade.Symbol, trade.ExitBar, trade.ExitPrice, trade.Reason)).ShouldBe([("A", 2, 150, ExitReason.Liquidation), ("B", 2, 150, ExitReason.Liquidation)]);
        result.OpenPositions.ShouldBeEmpty();
        result.WasLiquidated.ShouldBeTrue();
        result.Ledger.FinalEquity.ShouldBe(0, 1e-5);
    }

    [Fact]
    public void Closes_the_other_symbols_where_it_closes_one_by_force()
    {
        var result = Both([Calm, Calm, (120, 180, 119, 150), Calm], [Calm, Calm, (100, 101, 94, 95), Calm], Lent, (0, Sell));

        result.Trades.Select(trade => (trade.Symbol, trade.ExitBar, trade.Reason)).ShouldBe([("A", 2, ExitReason.Liquidation), ("B", 2, ExitReason.Liquidation)]);
        result.Trades[1].ExitPrice.ShouldBe(95);
    }

    [Fact]
    public void Spends_inside_a_bar_only_what_was_there_at_its_open()
    {
        // A takes its profit somewhere in the third bar, B would be bought somewhere in it: which was first, nobody knows.
        (double, double, double, double) low = (60, 61, 59, 60);
        var result = Both(
            [Calm, Calm, (100, 106, 99, 105), Calm], [low, low, (60, 61, 49, 50), (50, 51, 49, 50)], Free with { Market = new MarketRules(1) },
            (0, (in Moment bar, ref OrderPad pad) => pad.Place(
                bar.Close > 75 ? new OrderTicket(Side.Long) { Target = 105 } : new OrderTicket(Side.Long, OrderKind.Limit) { LimitPrice = 50 })));

        result.Trades.ShouldHaveSingleItem().ExitPrice.ShouldBe(105);
        result.OpenPositions.ShouldBeEmpty();
        result.Rejections[Rejection.TooSmall].ShouldBe(1);
    }

    [Fact]
    public void Spends_at_an_open_what_any_symbol_has_set_free_there()
    {
        (double, double, double, double) low = (60, 61, 59, 60);
        var result = Both(
            [Calm, Calm, Calm], [low, low, low], Free,
            (0, HoldWhere(static close => close < 75)), (1, HoldWhere(static close => close > 75)));

        result.OpenPositions.ShouldHaveSingleItem().Symbol.ShouldBe("A");
        result.OpenPositions[0].Quantity.ShouldBe(10, 1e-6);
    }

    [Fact]
    public void Counts_from_where_trading_may_begin()
    {
        var bars = Markets.Hours(3, 400);
        var from = bars.Times[200];

        var result = Backtester.Run(
            StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["buy_below"] = 45, ["sell_above"] = 55 }, new BacktestInput(bars.All(), Timeframe.H1) { TradeFrom = from }, new BacktestSettings(),
            TestContext.Current.CancellationToken);

        result.Times[0].ShouldBe(from);
        result.Equity.Count.ShouldBe(200);
        result.Equity[0].ShouldBe(10_000);
        result.Trades.ShouldNotBeEmpty();
        result.Trades.ShouldAllBe(trade => trade.EntryBar > 200);
    }

    static void Buy(in Moment bar, ref OrderPad pad) => pad.Buy();

    static void Sell(in Moment bar, ref OrderPad pad) => pad.Sell();

    static void Exit(in Moment bar, ref OrderPad pad) => pad.Exit();

    static Scripted.Line Line(double stop) => (in Moment _, ref OrderPad pad) => pad.Buy(stop);

    static Scripted.Line HoldWhere(Func<double, bool> isWanted) => (in Moment bar, ref OrderPad pad) =>
    {
        if (isWanted(bar.Close))
        {
            pad.Buy();
        }
        else
        {
            pad.Exit();
        }
    };

    static BacktestResult Both((double, double, double, double)[] one, (double, double, double, double)[] other, BacktestSettings settings, params (int, Scripted.Line)[] lines) =>
        Backtester.Run(
            Scripted.Of(lines), null,
            new BacktestInput(Timeframe.H1, new BacktestSymbol("A", Markets.Hours(one).All()), new BacktestSymbol("B", Markets.Hours(other).All())), settings, TestContext.Current.CancellationToken);

    static BacktestResult Run((double, double, double, double)[] bars, BacktestSettings settings, params (int, Scripted.Line)[] lines) =>
        Backtester.Run(Scripted.Of(lines), null, new BacktestInput(Markets.Hours(bars).All(), Timeframe.H1), settings, TestContext.Current.CancellationToken);
}
