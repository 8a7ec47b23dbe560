using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas;

public sealed class A_running_formula
{
    [Theory]
    [InlineData("close * 2 + 1", "21 25 23 29 27")]
    [InlineData("close[1]", "? 10 12 11 14")]
    [InlineData("-close + high - low", "-8 -10 -9 -12 -11")]
    [InlineData("change(close)", "? 2 -1 3 -1")]
    [InlineData("change(close, 2)", "? ? 1 2 2")]
    [InlineData("highest(close, 2)", "? 12 12 14 14")]
    [InlineData("lowest(close, 3)", "? ? 10 11 11")]
    [InlineData("sum(close, 2)", "? 22 23 25 27")]
    [InlineData("avg(close, 2)", "? 11 11.5 12.5 13.5")]
    [InlineData("stdev(close, 2)", "? 1 0.5 1.5 0.5")]
    [InlineData("abs(change(close))", "? 2 1 3 1")]
    [InlineData("min(close, 12, 13)", "10 12 11 12 12")]
    [InlineData("max(close, 12)", "12 12 12 14 13")]
    [InlineData("close > 11", "0 1 0 1 1")]
    [InlineData("close >= 12 and close != 14", "0 1 0 0 1")]
    [InlineData("close crosses above 11", "? 1 0 1 0")]
    [InlineData("close crosses below 12", "? 0 1 0 0")]
    [InlineData("if(close > 11, close, 0)", "0 12 0 14 13")]
    [InlineData("close / (close - 12)", "-5 ? -11 7 13")]
    [InlineData("SMA(close, 2)", "? 11 11.5 12.5 13.5")]
    [InlineData("SMA(SMA(close, 2), 2)", "? ? 11.25 12 13")]
    [InlineData("not close[1] > 11", "? 1 0 1 0")]
    [InlineData("close[1] > 11 and close > 100", "0 0 0 0 0")]
    [InlineData("close[1] > 11 or close < 100", "1 1 1 1 1")]
    [InlineData("close[1] > 11 or close > 100", "? 0 1 0 1")]
    [InlineData("hlc3 == close", "1 1 1 1 1")]
    [InlineData("(close > open)[1]", "? 0 1 0 1")]
    public void Gives_what_is_reckoned_by_hand(string text, string expected)
    {
        double[] closes = [10, 12, 11, 14, 13];
        var run = Formula.Parse(text).Start(Timeframe.H1);

        var values = closes.Select((close, i) => run.Next(new Candle(i * Timeframe.H1.Milliseconds, i == 0 ? 10 : closes[i - 1], close + 1, close - 1, close, 1)));

        string.Join(' ', values.Select(value => double.IsNaN(value) ? "?" : $"{value}")).ShouldBe(expected);
    }

    [Fact]
    public void Joins_a_long_chain_from_left_to_right_to_the_bit()
    {
        var terms = Enumerable.Range(1, 400).Select(i => (Sign: "+-*/"[i % 4], Value: 0.1 + (i % 7))).ToArray();
        var (sum, product) = (10.0, 10.0);
        foreach (var (sign, value) in terms)
        {
            sum = sign is '+' or '*' ? sum + value : sum - value;
            product = sign is '+' or '*' ? product * value : product / value;
        }

        ValueOf("close" + string.Concat(terms.Select(term => $"{(term.Sign is '+' or '*' ? '+' : '-')}{term.Value:R}"))).ShouldBe(sum);
        ValueOf("close" + string.Concat(terms.Select(term => $"{(term.Sign is '+' or '*' ? '*' : '/')}{term.Value:R}"))).ShouldBe(product);
        ValueOf("close" + string.Concat(Enumerable.Repeat("+1", 1_990))).ShouldBe(2_000);

        static double ValueOf(string text) => Formula.Parse(text).Start(Timeframe.H1).Next(Hour(10));
    }

    [Fact]
    public void Sees_a_longer_timeframe_only_once_its_candle_has_closed()
    {
        var run = Formula.Parse("close @ 4h").Start(Timeframe.H1);

        var values = Enumerable.Range(0, 10).Select(hour => run.Next(Hour(hour))).ToArray();

        values.ShouldBe([double.NaN, double.NaN, double.NaN, 3, 3, 3, 3, 7, 7, 7]);
    }

    [Fact]
    public void Sees_a_longer_candle_with_missing_hours_when_the_next_one_begins()
    {
        var run = Formula.Parse("close @ 4h").Start(Timeframe.H1);
        run.Next(Hour(0));
        run.Next(Hour(2)).ShouldBe(double.NaN);

        run.Next(Hour(4)).ShouldBe(2);
    }

    [Fact]
    public void Refuses_a_timeframe_that_its_candles_cannot_make() =>
        Should.Throw<FormulaException>(() => Formula.Parse("RSI(14) @ 15m").Start(Timeframe.H1))
            .Message.ShouldBe("@ 15m at 1:1 cannot be made of 1h candles; use a multiple of 1h");

    [Fact]
    public void Takes_its_parameters_by_name()
    {
        var formula = Formula.Parse("SMA(fast) - SMA(slow)", new FormulaParameter("fast", 1, 1, 10), new FormulaParameter("slow", 2, 1, 10));
        var run = formula.Start(Timeframe.H1, new Dictionary<string, double> { ["slow"] = 3 });
        run.Next(Hour(1));
        run.Next(Hour(2)).ShouldBe(double.NaN);

        run.Next(Hour(3)).ShouldBe(1);

        Should.Throw<ArgumentOutOfRangeException>(() => formula.Start(Timeframe.H1, new Dictionary<string, double> { ["slow"] = 11 }));
        Should.Throw<ArgumentException>(() => formula.Start(Timeframe.H1, new Dictionary<string, double> { ["slower"] = 3 }));
        Should.Throw<ArgumentException>(() => formula.Start(Timeframe.H1, new Dictionary<string, double> { ["slow"] = 2.5 }));
    }

    [Fact]
    public void Holds_only_where_it_is_true()
    {
        var run = Formula.Parse("close > close[1]").Start(Timeframe.H1);

        run.Holds(Hour(1)).ShouldBeFalse();
        run.Holds(Hour(2)).ShouldBeTrue();
    }

    [Fact]
    public void Gives_on_a_prefix_what_it_gives_on_the_whole()
    {
        var formulas = new RandomFormula(9);
        var market = RandomMarket.Of(9, 200);
        var period = new FormulaParameter("period1", 14, 1, 100);
        var tried = 0;
        while (tried < 300)
        {
            if (Started(formulas.Valid(), period) is not { } start)
            {
                continue;
            }

            tried++;
            var whole = Run(start(), market);
            var prefix = Run(start(), market[..120]);
            prefix.ShouldBe(whole[..120]);
        }
    }

    [Fact]
    public void Allocates_nothing_on_a_candle()
    {
        var run = Formula.Parse("close > EMA(close, 20) and RSI(14) @ 4h crosses above 30 or highest(high, 20)[3] < BB(20, 2).upper").Start(Timeframe.H1);
        var market = RandomMarket.Of(2, 2_000);
        foreach (var candle in market.AsSpan(0, 1_000))
        {
            run.Next(in candle);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var candle in market.AsSpan(1_000))
        {
            run.Next(in candle);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    static Func<FormulaRun>? Started(string text, FormulaParameter period)
    {
        try
        {
            var formula = Formula.Parse(text, period);
            formula.Start(Timeframe.M15);
            return () => formula.Start(Timeframe.M15);
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    static double[] Run(FormulaRun run, Candle[] market) => [.. market.Select((candle, i) => run.Next(candle with { OpenTime = i * Timeframe.M15.Milliseconds }))];

    static Candle Hour(int hour) => new(hour * Timeframe.H1.Milliseconds, hour, hour, hour, hour, 1);
}
