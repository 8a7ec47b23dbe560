namespace Tidemark.Quant.Backtesting.Proof;

public sealed class Sanity_flags
{
    [Fact]
    public void A_believable_result_raises_none() => SanityFlags.Of(1.2, Ordinary, 20).ShouldBeEmpty();

    [Fact]
    public void A_Sharpe_ratio_above_four_is_too_good()
    {
        SanityFlags.Of(4, Ordinary, 20).ShouldBeEmpty();
        SanityFlags.Of(4.01, Ordinary, 20).ShouldBe([new SanityFlag(SanityConcern.SharpeTooHigh, 4.01, 4)]);
    }

    [Fact]
    public void More_than_nine_wins_in_ten_are_too_many()
    {
        SanityFlags.Of(1, Trades(wins: 90, losses: 10), 20).ShouldBeEmpty();
        SanityFlags.Of(1, Trades(wins: 91, losses: 9), 20).ShouldBe([new SanityFlag(SanityConcern.WinsTooOften, 0.91, 0.9)]);
    }

    [Fact]
    public void Fewer_than_thirty_trades_are_few()
    {
        SanityFlags.Of(1, Trades(wins: 18, losses: 12), 2).ShouldBeEmpty();
        SanityFlags.Of(1, Trades(wins: 18, losses: 11), 2).ShouldContain(new SanityFlag(SanityConcern.FewTrades, 29, 30));
        SanityFlags.Of(null, [], 0).ShouldBe([new SanityFlag(SanityConcern.FewTrades, 0, 30)]);
    }

    [Fact]
    public void Three_trades_that_make_half_the_profit_carry_the_result()
    {
        double[] results = [.. Ordinary, 40, 40, 40];

        var flag = SanityFlags.Of(1, results, 20).ShouldHaveSingleItem();

        flag.Concern.ShouldBe(SanityConcern.ProfitFromThreeTrades);
        flag.Measured.ShouldBe(120.0 / results.Sum());
    }

    [Fact]
    public void An_average_trade_below_twice_its_cost_is_fragile()
    {
        var results = Ordinary;

        SanityFlags.Of(1, results, results.Sum() / 2).ShouldBeEmpty();
        SanityFlags.Of(1, results, results.Sum() / 1.9).ShouldHaveSingleItem().Concern.ShouldBe(SanityConcern.TradeNearItsCost);
        SanityFlags.Of(1, Trades(wins: 40, losses: 60), 10).ShouldHaveSingleItem().Concern.ShouldBe(SanityConcern.TradeNearItsCost);
    }

    static double[] Ordinary => Trades(wins: 60, losses: 40);

    static double[] Trades(int wins, int losses) => [.. Enumerable.Repeat(3.0, wins), .. Enumerable.Repeat(-2.0, losses)];
}
