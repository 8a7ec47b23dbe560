using Tidemark.Backtests.Results;

namespace Tidemark.Backtests.Paper;

public sealed class Trades_of_two_records_find_each_other
{
    static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    static RunTrade Sold(int number, double profit, double fees = 1, int exit = 3, string reason = "target") => new(
        number, "BTC/USDT", "long", Noon, Noon.AddMinutes(15 * exit), 100, 110, 1, profit, 0.1, fees, 0, 0, exit, reason, false, null, null, "paper");

    [Fact]
    public void Two_targets_reached_in_one_candle_are_two_trades()
    {
        var both = new[] { Sold(1, 4), Sold(2, 9), Sold(3, -2, exit: 7, reason: "signal") };

        var pairs = TradePairs.Of(both, both);

        (pairs.Unmatched, pairs.Fills.Count, pairs.Fees.Count).ShouldBe((0, 0, 0));
        pairs.AreAlike.ShouldBeTrue();
        var one = TradePairs.Of(both, [both[0], both[2]]);
        one.OnlyPaper.ShouldBe([both[1]]);
        one.OfUnmatched.ShouldBe(9);
        TradePairs.Of([both[0]], both).OfUnmatched.ShouldBe(-7);
    }

    [Fact]
    public void Other_prices_and_other_fees_are_told_apart()
    {
        var pairs = TradePairs.Of([Sold(1, 4), Sold(2, 9, fees: 3)], [Sold(1, 5), Sold(2, 10, fees: 2)]);

        pairs.Fills.Amount.ShouldBe(-1, 1e-12);
        pairs.Fills.Count.ShouldBe(1);
        pairs.Fees.Amount.ShouldBe(-1, 1e-12);
        pairs.Fees.Count.ShouldBe(1);
        pairs.AreAlike.ShouldBeFalse();
    }
}
