namespace Tidemark.Quant.Statistics;

public sealed class Statistics_of_returns
{
    [Fact]
    public void Are_null_where_they_are_undefined()
    {
        var none = ReturnStatistics.Of([]);
        none.Sharpe.ShouldBeNull();
        none.TotalReturn.ShouldBeNull();
        none.Risk.Historical.ShouldBeNull();

        var constant = ReturnStatistics.Of([0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]);
        constant.Sharpe.ShouldBeNull();
        constant.Sortino.ShouldBeNull();
        constant.Calmar.ShouldBeNull();
        constant.Omega.ShouldBeNull();
        constant.Skewness.ShouldBeNull();
        constant.Volatility.ShouldBe(0);
        ReturnStatistics.Of([0.01]).Volatility.ShouldBeNull();
    }

    [Fact]
    public void Are_null_where_they_outgrow_all_numbers_and_take_none_that_do()
    {
        var grown = ReturnStatistics.Of([1e200, 3e200]);
        grown.TotalReturn.ShouldBeNull();
        grown.AnnualGrowth.ShouldBeNull();
        grown.Drawdown.Deepest.ShouldBeNull();
        grown.Risk.Parametric.ShouldBeNull();
        ReturnStatistics.Of([7.5]).AnnualGrowth.ShouldBeNull();

        Should.Throw<ArgumentException>(() => ReturnStatistics.Of([double.NaN]));
        Should.Throw<ArgumentException>(() => ValueAtRisk.Of([double.PositiveInfinity], 0.05));
        Should.Throw<InvalidOperationException>(() => ReturnStatistics.Of([0.1], new ReturnSettings(RiskFreeRate: double.NaN)));
    }

    [Fact]
    public void Count_the_start_as_a_peak()
    {
        var drawdown = Drawdown.Of([-0.5, 0.5, 0.5]);

        drawdown.Deepest.ShouldBe(0.5);
        drawdown.LongestPeriods.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1.6448536269514722, 0.05)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-5, 2.866515718791939e-7)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void Know_the_normal_distribution_to_the_last_digits(double z, double probability)
    {
        NormalDistribution.Probability(z).ShouldBe(probability, probability * 1e-12);
        NormalDistribution.Quantile(probability).ShouldBe(z, 1e-11);
    }

    [Fact]
    public void Agree_with_the_published_deflated_Sharpe_ratio()
    {
        var ratio = 2.5 / Math.Sqrt(250);

        SharpeSignificance.ExpectedBest(100, 0.5 / 250).ShouldBe(0.1132, 5e-5);
        SharpeSignificance.Deflated(ratio, 1_250, -3, 10, 100, 0.5 / 250)!.Value.ShouldBe(0.9004, 5e-5);
        SharpeSignificance.Deflated(ratio, 1_250, -3, 10, 46, 0.5 / 250)!.Value.ShouldBe(0.9505, 5e-5);
    }

    [Fact]
    public void Give_hit_rates_with_Wilson_intervals()
    {
        var rate = Interval.Wilson(8, 10)!.Value;

        rate.Low.ShouldBe(0.4901625, 1e-6);
        rate.High.ShouldBe(0.9433178, 1e-6);
        Interval.Wilson(0, 10)!.Value.Low.ShouldBe(0);
        Interval.Wilson(0, 0).ShouldBeNull();
    }

    [Fact]
    public void Resample_the_same_with_the_same_seed()
    {
        double[] values = [1, 2, 3, 4, 5, 6];

        var interval = Interval.BootstrapOfMean(values, new Random(5))!.Value;

        interval.ShouldBe(Interval.BootstrapOfMean(values, new Random(5))!.Value);
        interval.Estimate.ShouldBe(3.5);
        interval.Low.ShouldBeInRange(1.8, 2.6);
        interval.High.ShouldBeInRange(4.4, 5.2);
    }

    [Fact]
    public void Of_trades_leave_break_even_out_of_wins_and_losses()
    {
        var statistics = TradeStatistics.Of([10, 0, -5, -5, 20]);

        statistics.BreakEven.ShouldBe(1);
        statistics.ProfitFactor.ShouldBe(3);
        statistics.LongestLosingRun.ShouldBe(2);
        TradeStatistics.Of([1, 2]).ProfitFactor.ShouldBeNull();
        TradeStatistics.Of([1, 2]).Kelly.ShouldBeNull();
        TradeStatistics.Of([]).Expectancy.ShouldBeNull();
    }

    [Fact]
    public void Of_payments_find_the_yearly_rate_or_none()
    {
        MoneyWeightedReturn.Of([new(0, -1_000), new(365, 1_100)])!.Value.ShouldBe(0.1, 1e-12);
        MoneyWeightedReturn.Of([new(0, -1_000), new(365, 1_000)])!.Value.ShouldBe(0, 1e-12);
        MoneyWeightedReturn.Of([new(0, 1_000), new(365, 1_100)]).ShouldBeNull();
        MoneyWeightedReturn.Of([]).ShouldBeNull();
    }

    [Fact]
    public void Of_payments_have_no_rate_at_the_ends_or_where_every_rate_balances()
    {
        MoneyWeightedReturn.Of([new(0, -1), new(365, 101)]).ShouldBeNull();
        MoneyWeightedReturn.Of([new(0, -1), new(365, 100.99)])!.Value.ShouldBe(99.99, 1e-9);
        MoneyWeightedReturn.Of([new(0, -10_000), new(365, 1)]).ShouldBeNull();
        MoneyWeightedReturn.Of([new(3, -100), new(3, 100)]).ShouldBeNull();
        MoneyWeightedReturn.Of([new(0, -100), new(0, 100), new(9, -5), new(9, 5)]).ShouldBeNull();
        MoneyWeightedReturn.Of([new(0, 0), new(9, 0)]).ShouldBeNull();
        MoneyWeightedReturn.Of([new(0, -1), new(200 * 365, 1.5)])!.Value.ShouldBe(Math.Pow(1.5, 1 / 200.0) - 1, 1e-12);
        Should.Throw<ArgumentException>(() => MoneyWeightedReturn.Of([new(0, double.NaN), new(9, 1)]));
    }

    [Fact]
    public void Of_durations_are_medians_between_order_statistics()
    {
        var median = Interval.OfMedian([.. Enumerable.Range(1, 100).Select(value => (double)value)])!.Value;

        median.ShouldBe(new Interval(50.5, 40, 61, 100));
        Interval.OfMedian([3, 1])!.Value.ShouldBe(new Interval(2, 1, 3, 2));
        Interval.OfMedian([]).ShouldBeNull();
    }

    [Fact]
    public void Chain_growth_between_payments()
    {
        TimeWeightedReturn.Of([1_100, 2_310], [1_000, 1_000])!.Value.ShouldBe(0.21, 1e-12);
        TimeWeightedReturn.Of([0], [0]).ShouldBeNull();
    }
}
