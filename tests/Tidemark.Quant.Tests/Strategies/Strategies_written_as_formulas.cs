using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Formulas;

namespace Tidemark.Quant.Strategies;

public sealed class Strategies_written_as_formulas
{
    [Fact]
    public void Trade_like_the_built_in_one_that_they_spell_out()
    {
        var written = FormulaStrategy.Describe("mine", "Mine", new FormulaRules
        {
            Entry = "RSI(period) < 40",
            Exit = "RSI(period) > 60",
            Parameters = [new FormulaParameter("period", 14, 2, 50)],
        });

        var own = Run(written, new Dictionary<string, double> { ["period"] = 9 });

        own.Trades.ShouldNotBeEmpty();
        own.Trades.ShouldBe(Run(StrategyRegistry.Find("rsi")!, new Dictionary<string, double> { ["period"] = 9, ["buy_below"] = 40, ["sell_above"] = 60 }).Trades);
    }

    [Fact]
    public void Set_their_own_stop_target_and_size()
    {
        var written = FormulaStrategy.Describe("mine", "Mine", new FormulaRules
        {
            Entry = "close crosses above SMA(close, 20)",
            Stop = "close - 2 * ATR(14)",
            Target = "close * 1.03",
            Size = "0.5",
        });

        var trades = Run(written, null).Trades;

        var bars = Bars();
        trades.ShouldNotBeEmpty();
        trades.ShouldAllBe(trade => Math.Abs(trade.Target!.Value - (bars[trade.EntryBar - 1].Close * 1.03)) < 1e-9 && trade.Stop < trade.EntryPrice * 1.02);
        (trades[0].Quantity * trades[0].EntryPrice).ShouldBe(5_000, 10);
    }

    [Fact]
    public void Sell_short_by_their_own_conditions()
    {
        var written = FormulaStrategy.Describe("mine", "Mine", new FormulaRules { ShortEntry = "RSI(14) > 60", ShortExit = "RSI(14) < 40" });

        written.Directions.ShouldBe(TradeDirections.Short);
        var trades = Run(written, null, TradeDirections.Both).Trades;
        trades.ShouldNotBeEmpty();
        trades.ShouldAllBe(trade => trade.Side == Side.Short);
    }

    [Fact]
    public void Ask_for_the_past_that_their_formulas_remember()
    {
        var written = FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "close > SMA(20)", Exit = "RSI(100) > 60" });
        var daily = FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "RSI(14) @ 1d < 40" });

        written.WarmUp(written.With(), Timeframe.H1).ShouldBe(Formula.Parse("RSI(100) > 60").CandlesToSettle(Timeframe.H1));
        daily.WarmUp(daily.With(), Timeframe.M15).ShouldBeGreaterThan(10 * 14 * 96);
    }

    [Fact]
    public void Have_a_fingerprint_of_their_own_text()
    {
        var one = FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "RSI(14) < 40", Exit = "RSI(14) > 60" });
        var other = FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "RSI(14) < 40", Exit = "RSI(14) > 61" });

        Run(other, null).Fingerprint.ShouldNotBe(Run(one, null).Fingerprint);
        Run(FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "rsi( 14 )<40", Exit = "RSI(14) > 60" }), null).Fingerprint.ShouldBe(Run(one, null).Fingerprint);
    }

    [Fact]
    public void Are_refused_with_a_word_to_their_writer()
    {
        Should.Throw<FormulaException>(() => FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Exit = "close > 1" })).Message.ShouldContain("when to enter");
        Should.Throw<FormulaException>(() => FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "close" })).Message.ShouldContain("entry must be a condition");
        Should.Throw<FormulaException>(() => FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "close > 1", Stop = "close > 2" })).Message.ShouldContain("stop must be a number");
        Should.Throw<FormulaException>(() => FormulaStrategy.Describe("mine", "Mine", new FormulaRules { Entry = "close >" }));
    }

    static CandleSeries Bars() => Markets.Hours(11, 2_000);

    static BacktestResult Run(StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, TradeDirections direction = TradeDirections.Long) =>
        Backtester.Run(
            strategy, parameters, new BacktestInput(Bars().All(), Timeframe.H1), new BacktestSettings { Direction = direction & strategy.Directions }, TestContext.Current.CancellationToken);
}
