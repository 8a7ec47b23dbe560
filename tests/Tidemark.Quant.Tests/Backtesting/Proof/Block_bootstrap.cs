using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Proof;

public sealed class Block_bootstrap
{
    [Fact]
    public void The_same_random_numbers_give_the_same_intervals()
    {
        var returns = Noise.Returns(new Random(1), 365, 0.001);

        BlockBootstrap.Intervals(returns, new Random(7)).ShouldBe(BlockBootstrap.Intervals(returns, new Random(7)));
        BlockBootstrap.Intervals(returns, new Random(7)).ShouldNotBe(BlockBootstrap.Intervals(returns, new Random(8)));
    }

    [Fact]
    public void Intervals_stand_around_the_figures_of_the_record()
    {
        var returns = Noise.Returns(new Random(1), 365, 0.001);
        var measured = ReturnStatistics.Of(returns);

        var intervals = BlockBootstrap.Intervals(returns, new Random(7));

        intervals.Sharpe!.Value.Estimate.ShouldBe(measured.Sharpe!.Value, 1e-12);
        intervals.TotalReturn!.Value.Estimate.ShouldBe(measured.TotalReturn!.Value, 1e-12);
        intervals.Drawdown!.Value.Estimate.ShouldBe(measured.Drawdown.Deepest!.Value);
        foreach (var interval in new[] { intervals.Sharpe, intervals.TotalReturn, intervals.Drawdown })
        {
            interval!.Value.Low.ShouldBeLessThan(interval.Value.Estimate);
            interval.Value.High.ShouldBeGreaterThan(interval.Value.Estimate);
        }
    }

    [Fact]
    public void The_true_ratio_lies_within_about_as_often_as_promised()
    {
        const int Records = 400;
        var random = new Random(3);
        var truth = 0.001 / 0.02 * Math.Sqrt(365);

        var held = Enumerable.Range(0, Records).Count(_ =>
            BlockBootstrap.Intervals(Noise.Returns(random, 365, 0.001), random, resamples: 400).Sharpe is { } interval
            && interval.Low <= truth && truth <= interval.High);

        ((double)held / Records).ShouldBeInRange(0.9, 0.98);
    }

    [Fact]
    public void Blocks_are_short_without_memory_and_long_with_it()
    {
        var random = new Random(5);
        var free = Noise.Returns(random, 1_000);
        var bound = new double[1_000];
        for (var i = 1; i < bound.Length; i++)
        {
            bound[i] = (0.9 * bound[i - 1]) + Noise.Normal(random);
        }

        BlockLength.Of(free).ShouldBeLessThan(5);
        BlockLength.Of(bound).ShouldBeGreaterThan(20);
        BlockLength.Of(new double[100]).ShouldBe(1);
    }

    [Fact]
    public void Memory_widens_the_interval()
    {
        var random = new Random(6);
        var bound = new double[1_000];
        for (var i = 1; i < bound.Length; i++)
        {
            bound[i] = (0.8 * bound[i - 1]) + (0.01 * Noise.Normal(random));
        }

        double[] mixed = [.. bound];
        random.Shuffle(mixed);

        Width(BlockBootstrap.Intervals(bound, new Random(1)).Sharpe).ShouldBeGreaterThan(1.5 * Width(BlockBootstrap.Intervals(mixed, new Random(1)).Sharpe));
    }

    [Fact]
    public void A_record_of_one_day_has_none()
    {
        var intervals = BlockBootstrap.Intervals([0.1], new Random(1));

        (intervals.Sharpe, intervals.TotalReturn, intervals.Drawdown).ShouldBe((null, null, null));
    }

    static double Width(Interval? interval) => interval!.Value.High - interval.Value.Low;
}
