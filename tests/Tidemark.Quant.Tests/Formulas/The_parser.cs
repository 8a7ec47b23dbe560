namespace Tidemark.Quant.Formulas;

public sealed class The_parser
{
    static readonly FormulaParameter Period1 = new("period1", 14, 1, 100);

    [Theory]
    [InlineData("RSI(14) - RSI(28)", "(- (RSI.0 [] 14) (RSI.0 [] 28))")]
    [InlineData("open + high * low", "(+ Open (* High Low))")]
    [InlineData("open - high - low", "(- (- Open High) Low)")]
    [InlineData("open - (high - low)", "(- Open (- High Low))")]
    [InlineData("-close[1] * 2", "(* (neg (ago Close 1)) 2)")]
    [InlineData("close > EMA(close, 200) and RSI(14) crosses above 30", "(and (> Close (EMA.0 [Close] 200)) (crosses above (RSI.0 [] 14) 30))")]
    [InlineData("open > 1 or open > 2 and not open > 3", "(or (> Open 1) (and (> Open 2) (not (> Open 3))))")]
    [InlineData("MACD(signalPeriod: 5).histogram", "(MACD.2 [] _ _ 5)")]
    [InlineData("RSI(14) - RSI(14) @ 4h", "(- (RSI.0 [] 14) (at 4h (RSI.0 [] 14)))")]
    [InlineData("RSI(14) @ 4H", "(at 4h (RSI.0 [] 14))")]
    [InlineData("RSI(14) @ 1D @ 4h", "(at 4h (at 1d (RSI.0 [] 14)))")]
    [InlineData("vwap(Week) // anchored", "(VWAP.0 [] #1)")]
    [InlineData("CORR(close, volume, 30)", "(CORR.0 [Close Volume] 30)")]
    [InlineData("RSI(period1)", "(RSI.0 [] $period1)")]
    [InlineData("if(close > open, high, low)\n // the end", "(if (> Close Open) High Low)")]
    [InlineData("avg(abs(change(close)), 5)", "(avg (abs (change Close)) 5)")]
    public void Sees_the_tree_that_was_meant(string text, string tree) =>
        FormulaTree.Of(Formula.Parse(text, Period1).Root).ShouldBe(tree);

    [Theory]
    [InlineData("RSI(5) > RSY(14)", "unknown indicator RSY at 1:10, did you mean RSI?")]
    [InlineData("clsoe > 5", "unknown name clsoe at 1:1, did you mean close?")]
    [InlineData("RSI(period2)", "unknown name period2 at 1:5, did you mean period1?")]
    [InlineData("RSI > 30", "the indicator RSI at 1:1 needs parentheses: RSI()")]
    [InlineData("highest > 30", "the function highest at 1:1 needs arguments: highest(x, n)")]
    [InlineData("close +", "expected a value at 1:8, found the end")]
    [InlineData("close open", "expected an operator or the end at 1:7, found open")]
    [InlineData("(close", "expected ) at 1:7, found the end")]
    [InlineData("close > open > low", "> at 1:14 compares a comparison; join two with and, as in a < b and b < c")]
    [InlineData("close and open", "and needs a condition, but a number stands at 1:1")]
    [InlineData("(close > open) + 1", "+ needs a number, but a condition stands at 1:2")]
    [InlineData("not close", "not needs a condition, but a number stands at 1:5")]
    [InlineData("close = 5", "= at 1:7 compares nothing; write == to compare")]
    [InlineData("close && open", "& at 1:7 is not part of the language; write and, or, not")]
    [InlineData("close\n  crosses 5", "expected above or below at 2:11, found 5")]
    [InlineData("RSI(0)", "period of RSI at 1:5 must be a whole number from 1 to 5000")]
    [InlineData("RSI(close)", "")]
    [InlineData("EMA(close, high)", "period of EMA at 1:12 must be a number as written or a parameter")]
    [InlineData("RSI(14, 3)", "RSI takes no argument at 1:9: RSI(series, period)")]
    [InlineData("MACD(fast: 12)", "MACD has no setting fast at 1:6")]
    [InlineData("MACD(fastperiod: 12, fastPeriod: 13)", "fastPeriod of MACD is given twice at 1:22")]
    [InlineData("MACD().line", "MACD has no output line at 1:8; it has macd, signal, histogram, fast, slow")]
    [InlineData("ICHIMOKU().chikou", "ICHIMOKU.chikou at 1:12 is drawn for the eye and cannot be reckoned with")]
    [InlineData("CORR(close)", "CORR compares two series at 1:1: CORR(series, series, period)")]
    [InlineData("close[close]", "[ ] needs a number of candles at 1:7, as written or a parameter")]
    [InlineData("close[-1]", "[ ] needs a number of candles at 1:7, as written or a parameter")]
    [InlineData("highest(close, 0)", "highest needs a whole number of candles from 1 to 5000 at 1:16")]
    [InlineData("abs()", "abs needs another argument at 1:5: abs(x)")]
    [InlineData("abs(close, open)", "abs takes no argument at 1:12: abs(x)")]
    [InlineData("if(close, 1, 2)", "if needs a condition, but a number stands at 1:4")]
    [InlineData("RSI(14) @ 4", "expected a timeframe such as 15m, 4h or 1d at 1:11, found 4")]
    [InlineData("4h > 3", "the timeframe 4h at 1:1 must follow @, as in RSI(14) @ 4h")]
    [InlineData("close @ 99999999999999d", "99999999999999d at 1:9 is no timeframe; write a number and m, h or d, as in 15m, 4h, 1d")]
    [InlineData("1e999", "1e999 at 1:1 is too large a number")]
    [InlineData("", "the formula is empty; write something like RSI(14) or close > EMA(close, 200)")]
    [InlineData("volume()", "volume at 1:1 is a price and takes no parentheses")]
    [InlineData("period1(3)", "period1 at 1:1 is a parameter and takes no parentheses")]
    [InlineData("VWAP(Wek)", "anchor of VWAP at 1:6 must be one of Day, Week, Month, Start, did you mean Week?")]
    [InlineData("EMA(9, close)", "EMA takes the series first at 1:8: EMA(series, period)")]
    [InlineData("max(1,2,3,4,5,6,7,8,9)", "max takes no argument at 1:21: max(a, b, ... up to 8)")]
    [InlineData("close + \U0001F680", "the character U+1F680 at 1:9 is not part of the language")]
    [InlineData("RSI(14) @ 4h @ 1d", "@ 1d at 1:14 holds @ 4h, which cannot be made of 1d candles; use a multiple of 1d inside")]
    [InlineData("(RSI(14) @ 4h + 1 + 2) @ 6h", "@ 6h at 1:24 holds @ 4h, which cannot be made of 6h candles; use a multiple of 6h inside")]
    [InlineData("close ^ 2", "^ at 1:7 is not part of the language")]
    public void Says_what_to_change_and_where(string text, string message)
    {
        if (message.Length == 0)
        {
            Formula.Parse(text, Period1).ToString().ShouldBe(text);
            return;
        }

        Should.Throw<FormulaException>(() => Formula.Parse(text, Period1)).Message.ShouldBe(message);
    }

    [Fact]
    public void Knows_the_place_of_a_mistake() =>
        Should.Throw<FormulaException>(() => Formula.Parse("close >\n  RSY(14)")).Position.ShouldBe(new TextPosition(2, 3));

    [Fact]
    public void Bounds_depth_however_it_is_reached()
    {
        string[] deep =
        [
            new string('(', 2_000) + "close",
            string.Concat(Enumerable.Repeat("-", 2_000)) + "close",
            string.Concat(Enumerable.Repeat("not ", 900)) + "close > 1",
            string.Concat(Enumerable.Repeat("close-(", 500)) + "1",
            "close" + string.Concat(Enumerable.Repeat("[1]", 1_300)),
            string.Concat(Enumerable.Repeat("abs(", 900)) + "close",
        ];

        foreach (var text in deep)
        {
            Should.Throw<FormulaException>(() => Formula.Parse(text)).Message.ShouldContain("deeper than 64");
        }

        Formula.Parse(new string('(', 60) + "close" + new string(')', 60)).Type.ShouldBe(FormulaType.Number);
    }

    [Theory]
    [InlineData("close", "+1", 1_990)]
    [InlineData("close", "*2-1", 990)]
    [InlineData("close>1", " and close>1", 330)]
    [InlineData("close>1", " or close>1 and close>2", 170)]
    public void Counts_a_flat_chain_as_one_level(string first, string more, int times)
    {
        var text = first + string.Concat(Enumerable.Repeat(more, times));

        var formula = Formula.Parse(text);

        formula.Root.Depth.ShouldBeLessThan(6);
        formula.Start(Series.Timeframe.H1).Next(new Series.Candle(0, 2, 2, 2, 2, 1)).ShouldNotBe(double.NegativeInfinity);
        formula.ToString().Split(' ').Length.ShouldBeGreaterThan(times);
    }

    [Fact]
    public void Refuses_a_parameter_that_counts_candles_and_is_no_whole_number()
    {
        var half = new FormulaParameter("p", 2.5, 1, 10);

        Should.Throw<FormulaException>(() => Formula.Parse("close[p]", half)).Message.ShouldContain("needs a whole number of candles");
        Should.Throw<FormulaException>(() => Formula.Parse("RSI(p)", half)).Message.ShouldBe("p at 1:5 is 2.5 by default, but period of RSI must be a whole number from 1 to 5000");
    }

    [Fact]
    public void Bounds_length_and_cost_before_anything_runs()
    {
        Should.Throw<FormulaException>(() => Formula.Parse(new string(' ', 4_001))).Message.ShouldContain("4000 are allowed");
        Should.Throw<FormulaException>(() => Formula.Parse("HURST(5000) + HURST(4000)")).Message.ShouldContain("100,000 are allowed");
        Formula.Parse("RSI(14)").StepsPerCandle.ShouldBeLessThan(Formula.Parse("RSI(200)").StepsPerCandle);
        Formula.Parse("RSI(period1)", Period1).StepsPerCandle.ShouldBe(Formula.Parse("RSI(100)").StepsPerCandle);
    }

    [Fact]
    public void Holds_a_parameter_to_the_range_of_the_setting_it_stands_for() =>
        Should.Throw<FormulaException>(() => Formula.Parse("RSI(n)", new FormulaParameter("n", 1, 0, 10)))
            .Message.ShouldBe("n at 1:5 may be 0 to 10, but period of RSI must be a whole number from 1 to 5000");

    [Theory]
    [InlineData("close")]
    [InlineData("rsi")]
    [InlineData("and")]
    [InlineData("sum")]
    [InlineData("2x")]
    [InlineData("")]
    public void Takes_no_parameter_whose_name_means_something_else(string name) =>
        Should.Throw<ArgumentException>(() => Formula.Parse("close", new FormulaParameter(name, 1, 0, 10)));

    [Fact]
    public void Has_one_meaning_for_every_name() =>
        Function.All.Select(function => function.Name)
            .Concat(Indicators.IndicatorRegistry.All.Select(indicator => indicator.Name.ToLowerInvariant()))
            .Concat(["open", "high", "low", "close", "volume", "hl2", "hlc3", "oc2", "ohl3", "ohlc4", "and", "or", "not", "crosses", "above", "below"])
            .ShouldBeUnique();
}
