using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Confluence;

public sealed class Confluence_over_timeframes
{
    [Fact]
    public void Counts_the_majority_and_is_neutral_on_a_tie()
    {
        Score("15m+ 1h+ 4h-").ShouldBe(new ConfluenceScore(Direction.Bullish, 2, ConfluenceGrade.Moderate, false));
        Score("15m+ 1h-").ShouldBe(default);
        Score("").ShouldBe(default);
        Score("5m- 15m- 1h-").Grade.ShouldBe(ConfluenceGrade.Strong);
        Score("4h+ 1h+").Grade.ShouldBe(ConfluenceGrade.VeryStrong);
        Score("4h+ 1d+").Grade.ShouldBe(ConfluenceGrade.Moderate);
    }

    [Fact]
    public void Becomes_a_signal_at_three_with_a_high_timeframe_once_in_four_hours()
    {
        var gate = new SignalGate();
        var strong = Score("15m+ 1h+ 4h+");

        gate.Admits(Score("5m+ 15m+ 1h+"), 0).ShouldBeFalse();
        gate.Admits(Score("1h+ 4h+"), 0).ShouldBeFalse();
        gate.Admits(strong, 0).ShouldBeTrue();
        gate.Admits(strong, (4 * 3_600_000) - 1).ShouldBeFalse();
        gate.Admits(Score("15m- 1h- 4h-"), 1).ShouldBeTrue();
        gate.Admits(strong, 4 * 3_600_000).ShouldBeTrue();
    }

    [Fact]
    public void Of_copies_is_one_confirmation_and_of_strangers_as_many_as_there_are()
    {
        Direction[] first = [Direction.Bullish, Direction.Bearish, Direction.Bullish, Direction.Bearish];
        Direction[] second = [Direction.Bullish, Direction.Bullish, Direction.Bearish, Direction.Bearish];

        IndependentConfirmations.Count([first, first, first]).ShouldBe(1, 1e-12);
        IndependentConfirmations.Count([first, second]).ShouldBe(2, 1e-12);
        IndependentConfirmations.Count([first]).ShouldBe(1);
        IndependentConfirmations.Count([]).ShouldBe(0);
    }

    static ConfluenceScore Score(string views) => ConfluenceScore.Of(
        [.. views.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(view => new TimeframeView(Timeframe.Parse(view[..^1]), view[^1] == '+' ? Direction.Bullish : Direction.Bearish))]);
}
