using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting.Proof.Checks;

public sealed class Checks_of_a_strategy
{
    static readonly BacktestSettings Settings = new() { Direction = TradeDirections.Both };
    static readonly BacktestInput Market = RandomWalk.Hours(5, days: 200);

    public static TheoryData<string> BuiltIn => [.. StrategyRegistry.All.Select(strategy => strategy.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void No_built_in_strategy_sees_the_future(string name)
    {
        var check = LookAheadCheck.Of(StrategyRegistry.Find(name)!, null, Market, Settings, new Random(1));

        check.Rewritten.ShouldBe(0);
        check.Passed.ShouldBeTrue();
        check.Decisions.ShouldBeGreaterThan(0);
        check.Bars.ShouldBe(200 * 24);
    }

    [Fact]
    public void One_that_reads_tomorrow_is_caught()
    {
        var check = LookAheadCheck.Of(Clairvoyant, null, Market, Settings, new Random(1));

        check.Passed.ShouldBeFalse();
        check.Rewritten.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Enough_warm_up_is_found_enough()
    {
        var check = WarmUpCheck.Of(StrategyRegistry.Find("sma")!, null, Market, Settings);

        check.DeclaredIsEnough.ShouldBeTrue();
        (check.Needed, check.Declared).ShouldBe((21, 21));
        check.Decisions.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void An_indicator_that_never_quite_forgets_needs_more_than_its_length()
    {
        var check = WarmUpCheck.Of(StrategyRegistry.Find("rsi")!, null, Market, Settings);

        check.DeclaredIsEnough.ShouldBeFalse();
        check.Needed!.Value.ShouldBeInRange(30, 960);
    }

    [Fact]
    public void A_warm_up_that_is_declared_too_short_is_seen()
    {
        var sma = StrategyRegistry.Find("sma")!;

        var check = WarmUpCheck.Of(sma with { WarmUp = (_, _) => 10 }, null, Market, Settings);

        check.DeclaredIsEnough.ShouldBeFalse();
        check.Needed.ShouldBe(20);
    }

    [Fact]
    public void Without_enough_past_nothing_can_be_said()
    {
        var check = WarmUpCheck.Of(StrategyRegistry.Find("sma")!, null, RandomWalk.Hours(5, days: 1), Settings);

        (check.Needed, check.Decisions).ShouldBe(((int?)null, 0));
    }

    static StrategyDescription Clairvoyant { get; } = new StrategyDescription
    {
        Name = "clairvoyant",
        Title = "Clairvoyant",
        Meaning = "Buys what will rise.",
        Definition = "It looks at the next closes.",
        Columns = _ => StrategyRegistry.Find("sma")!.Columns(StrategyRegistry.Find("sma")!.With(new Dictionary<string, double> { ["fast"] = 1 })),
    }.RunBy(setup => new Seer(setup.Columns[0]));

    readonly struct Seer(Column closes) : IStrategy
    {
        public void OnBar(in Moment bar, ref OrderPad orders)
        {
            var later = closes.Values[Math.Min(bar.Index + 3, closes.Count - 1)];
            if (later > bar.Close && bar.Side != Side.Long)
            {
                orders.Buy();
            }
            else if (later < bar.Close && bar.Side == Side.Long)
            {
                orders.Exit();
            }
        }
    }
}
