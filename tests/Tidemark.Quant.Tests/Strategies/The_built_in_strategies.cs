using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Strategies;

public sealed class The_built_in_strategies
{
    [Fact]
    public void Are_found_by_name_in_either_case()
    {
        StrategyRegistry.All.Select(strategy => strategy.Name).ShouldBe(["rsi", "3rsi", "7rsi", "macd", "sma", "ema", "bollinger", "smc", "hold"]);
        StrategyRegistry.Find("MACD")!.Title.ShouldBe("MACD");
        StrategyRegistry.Find("guess").ShouldBeNull();
    }

    [Fact]
    public void Say_what_a_form_and_a_grid_need()
    {
        foreach (var strategy in StrategyRegistry.All)
        {
            strategy.Meaning.ShouldNotBeNullOrWhiteSpace();
            strategy.Definition.ShouldNotBeNullOrWhiteSpace();
            strategy.WarmUp(strategy.With(), Timeframe.H1).ShouldBeGreaterThan(0);
            strategy.Parameters.ShouldAllBe(parameter => parameter.Allows(parameter.Default) && parameter.Step > 0 && parameter.Minimum < parameter.Maximum && parameter.Title.Length > 0);
            strategy.Parameters.Where(parameter => parameter.Kind == ParameterKind.Whole).ShouldAllBe(parameter => double.IsInteger(parameter.Step));
        }
    }

    [Fact]
    public void Ask_for_the_past_of_the_longest_timeframe_they_look_at()
    {
        var smc = StrategyRegistry.Find("smc")!;

        smc.WarmUp(smc.With(), Timeframe.D1).ShouldBe(50);
        smc.WarmUp(smc.With(), Timeframe.H1).ShouldBe(50 * 24);
        smc.WarmUp(smc.With(), Timeframe.M15).ShouldBe(50 * 96);
    }

    [Fact]
    public void Refuse_settings_they_do_not_have_or_that_are_out_of_range()
    {
        var rsi = StrategyRegistry.Find("rsi")!;

        Should.Throw<BacktestException>(() => rsi.With(new Dictionary<string, double> { ["length"] = 14 })).Message.ShouldBe("RSI mean reversion has no setting length; it has period, buy_below, sell_above");
        Should.Throw<BacktestException>(() => rsi.With(new Dictionary<string, double> { ["period"] = 2.5 })).Message.ShouldContain("period must be a whole number from 1 to 5000, not 2.5");
        Should.Throw<BacktestException>(() => StrategyRegistry.Find("hold")!.With(new Dictionary<string, double> { ["x"] = 1 })).Message.ShouldContain("has no settings");
        Should.Throw<BacktestException>(() => Run("hold", null, new BacktestSettings { Direction = TradeDirections.Short })).Message.ShouldBe("Buy and hold trades long only, and the settings allow short only");
    }

    [Fact]
    public void Buy_and_hold_earns_what_the_market_does()
    {
        var result = Run("hold", null, new BacktestSettings { Fees = new Fees(0, 0), Market = new MarketRules(0) });

        var bars = Market();
        result.Statistics.TotalReturn.ShouldBe((bars.Closes[^1] / bars.Opens[1]) - 1, 1e-9);
        result.Trades.ShouldBeEmpty();
    }

    [Fact]
    public void Three_lengths_of_RSI_must_all_agree()
    {
        var bars = Market();
        var lengths = new[] { 7, 14, 21 }.Select(length => Rsi(bars, length)).ToArray();
        var parameters = new Dictionary<string, double> { ["buy_below"] = 40, ["sell_above"] = 60 };

        var entries = Run("3rsi", parameters, new BacktestSettings()).Trades;

        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(trade => lengths.All(values => values[trade.EntryBar - 1] < 40) && lengths.All(values => values[trade.ExitBar - 1] > 60));
    }

    [Fact]
    public void Seven_lengths_of_RSI_vote_and_five_decide()
    {
        var bars = Market();
        var lengths = new[] { 5, 7, 9, 14, 21, 28, 50 }.Select(length => Rsi(bars, length)).ToArray();
        var parameters = new Dictionary<string, double> { ["buy_below"] = 40, ["sell_above"] = 60 };

        var entries = Run("7rsi", parameters, new BacktestSettings()).Trades;

        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(trade => lengths.Count(values => values[trade.EntryBar - 1] < 40) >= 5 && lengths.Count(values => values[trade.ExitBar - 1] > 60) >= 5);
    }

    [Fact]
    public void Bollinger_buys_below_the_band_and_leaves_at_the_mean()
    {
        var bars = Market();

        var trades = Run("bollinger", null, new BacktestSettings { Direction = TradeDirections.Both }).Trades;

        var (middle, upper, lower) = (Column(bars, "BB", "middle"), Column(bars, "BB", "upper"), Column(bars, "BB", "lower"));
        trades.ShouldContain(trade => trade.Side == Side.Short);
        foreach (var trade in trades)
        {
            var (before, last) = (trade.EntryBar - 1, trade.ExitBar - 1);
            (trade.Side == Side.Long ? bars.Closes[before] < lower[before] : bars.Closes[before] > upper[before]).ShouldBeTrue();
            (trade.Side == Side.Long ? bars.Closes[last] >= middle[last] : bars.Closes[last] <= middle[last]).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_cross_turns_round_where_both_sides_are_allowed()
    {
        var trades = Run("ema", null, new BacktestSettings { Direction = TradeDirections.Both }).Trades;

        trades.Count.ShouldBeGreaterThan(4);
        trades.Zip(trades.Skip(1)).ShouldAllBe(pair => pair.First.Side != pair.Second.Side && pair.First.ExitBar == pair.Second.EntryBar);
    }

    [Fact]
    public void SMC_enters_and_leaves_where_the_plan_says()
    {
        var parameters = new Dictionary<string, double> { ["least_score"] = 1, ["needs_higher"] = 0, ["quiet_hours"] = 0 };

        var result = Run("smc", parameters, new BacktestSettings { Direction = TradeDirections.Both, Fees = new Fees(0, 0) }, 3_000);

        result.Trades.ShouldContain(trade => trade.Reason == ExitReason.Target);
        result.Trades.ShouldContain(trade => trade.Reason == ExitReason.Stop);
        result.Trades.ShouldAllBe(trade => trade.Stop != null && trade.Target != null && (trade.Stop.Value - trade.Target!.Value) * (int)trade.Side < 0);
    }

    static CandleSeries Market(int bars = 2_000) => Markets.Hours(11, bars);

    static BacktestResult Run(string name, IReadOnlyDictionary<string, double>? parameters, BacktestSettings settings, int bars = 2_000) =>
        Backtester.Run(StrategyRegistry.Find(name)!, parameters, new BacktestInput(Market(bars).All(), Timeframe.H1), settings, TestContext.Current.CancellationToken);

    static double[] Rsi(CandleSeries bars, int length)
    {
        var values = new double[bars.Count];
        Batch.Run(new Indicators.Oscillators.Rsi(length), bars.Closes, values.AsSpan());
        return values;
    }

    static double[] Column(CandleSeries bars, string indicator, string output)
    {
        var description = IndicatorRegistry.Find(indicator)!;
        var rows = new double[bars.Count * description.Outputs.Count];
        Batch.Run(description.StartOnCandles(description.With()), bars.All(), description.Outputs.Count, rows);
        var place = description.Outputs.ToList().FindIndex(one => one.Name == output);
        return [.. Enumerable.Range(0, bars.Count).Select(bar => rows[(bar * description.Outputs.Count) + place])];
    }
}
