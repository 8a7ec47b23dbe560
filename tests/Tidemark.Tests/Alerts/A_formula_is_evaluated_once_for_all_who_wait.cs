using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts;

public sealed class A_formula_is_evaluated_once_for_all_who_wait
{
    const long Start = 1_763_726_400_000;
    readonly FormulaBook _book = new();
    readonly List<Due> _due = [];
    int _minutes;

    [Fact]
    public void A_hundred_alerts_with_one_formula_cost_one_evaluation_a_candle()
    {
        var alerts = Enumerable.Range(1, 100).Select(id => Watch(id, id % 2 == 0 ? "close > 100" : "  CLOSE>100 // the same", Repeat.OncePerBar)).ToList();

        Close(99, 101, 102);

        _book.Groups.ShouldHaveSingleItem().Evaluations.ShouldBe(3);
        _due.GroupBy(due => due.Alert.Id).ShouldAllBe(group => group.Count() == 2);
        _due.Count.ShouldBe(200);
        alerts.ForEach(alert => _book.Remove(alert));
        _book.Groups.ShouldBeEmpty();
    }

    [Fact]
    public void Once_tells_once_and_once_per_bar_in_every_bar_it_holds()
    {
        Watch(1, "close > 100", Repeat.Once);
        Watch(2, "close > 100", Repeat.OncePerBar);
        Watch(3, "close > 100", Repeat.EveryTime, cooldown: 3);

        Close(101, 102, 99, 101, 99, 101);

        Bars(1).ShouldBe([0]);
        Bars(2).ShouldBe([0, 1, 3, 5]);
        Bars(3).ShouldBe([0, 3], "its rest of three minutes ends with the bar it began in, three later; the last falls into the next");
    }

    [Fact]
    public void Within_the_bar_it_tells_at_the_minute_it_becomes_true_and_once_in_that_bar()
    {
        Watch(1, "close > 100", Repeat.OncePerBar, timeframe: Timeframe.M5, isIntrabar: true);

        Close(99, 101, 99, 102, 103, 99, 99, 99, 99, 104);

        _due.Select(due => (due.At - Start) / 60_000).ShouldBe([2, 10]);
        _due.Select(due => (due.Bar - Start) / 60_000).ShouldBe([0, 5]);
    }

    [Fact]
    public void Within_the_bar_it_is_what_closing_there_would_have_made_it()
    {
        const string formula = "EMA(close, 3) crosses above avg(close, 4)[1]";
        var minutes = Enumerable.Range(0, 200).Select(i => 100 + (5 * Math.Sin(i / 7.0)) + (i % 3)).ToArray();
        Watch(1, formula, Repeat.OncePerBar, timeframe: Timeframe.M5, isIntrabar: true);
        Close(minutes);

        var expected = new List<long>();
        for (var bar = 0; bar < 40; bar++)
        {
            for (var within = 1; within <= 5; within++)
            {
                var run = Formula.Parse(formula).Start(Timeframe.M5);
                var holds = false;
                for (var past = 0; past <= bar; past++)
                {
                    var part = minutes.AsSpan(past * 5, past == bar ? within : 5);
                    holds = run.Holds(new Candle(Start + (past * 300_000), part[0], Highest(part), Lowest(part), part[^1], part.Length));
                }
                if (holds)
                {
                    expected.Add((bar * 5) + within);
                    break;
                }
            }
        }
        _due.Select(due => (due.At - Start) / 60_000).ShouldBe(expected);
        expected.Count.ShouldBeGreaterThan(3);
    }

    static double Highest(ReadOnlySpan<double> values) => values.ToArray().Max();

    static double Lowest(ReadOnlySpan<double> values) => values.ToArray().Min();

    WatchedAlert Watch(long id, string formula, Repeat repeat, int cooldown = 0, Timeframe? timeframe = null, bool isIntrabar = false)
    {
        var on = timeframe ?? Timeframe.M1;
        var alert = new WatchedAlert(id, new AlertTerms(new Symbol("BTC", "USDT"), AlertCondition.Formula, new FiringRule(repeat, on, cooldown)) { Formula = Formula.Parse(formula), Timeframe = on, IsIntrabar = isIntrabar, Description = "" })
        {
            ArmedAt = Start,
        };
        _book.Add(alert);
        return alert;
    }

    IEnumerable<long> Bars(long id) => _due.Where(due => due.Alert.Id == id).Select(due => (due.Bar - Start) / 60_000);

    void Close(params ReadOnlySpan<double> closes)
    {
        foreach (var close in closes)
        {
            var minute = new Candle(Start + (_minutes++ * 60_000L), close, close, close, close, 1);
            _book.Minute(minute, _due);
            _book.Close(Timeframe.M1, minute, _due);
        }
    }
}
