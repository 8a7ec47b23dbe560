using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Statistics;
using Interval = Tidemark.Quant.Statistics.Interval;

namespace Tidemark.Quant.Backtesting.Proof;

public sealed class How_much_a_record_proves
{
    [Theory]
    [InlineData(250, 0, 3, 2.73)]
    [InlineData(52, 0, 3, 2.83)]
    [InlineData(12, 0, 3, 3.24)]
    [InlineData(12, -0.72, 5.78, 4.99)]
    public void The_shortest_records_are_those_published(int periodsAYear, double skewness, double kurtosis, double years)
    {
        var length = TrackRecordLength.Shortest(2 / Math.Sqrt(periodsAYear), 1 / Math.Sqrt(periodsAYear), skewness, kurtosis);

        (length!.Value / periodsAYear).ShouldBe(years, 0.006);
    }

    [Fact]
    public void No_record_is_long_enough_for_a_ratio_that_is_not_above_its_benchmark()
    {
        TrackRecordLength.Shortest(0, 0, 0, 3).ShouldBeNull();
        TrackRecordLength.Shortest(-0.1, 0, 0, 3).ShouldBeNull();
        TrackRecordLength.Shortest(0.1, 0.2, 0, 3).ShouldBeNull();
    }

    [Fact]
    public void A_record_is_long_enough_exactly_where_its_probability_reaches_the_confidence()
    {
        var skewed = TrackRecordLength.Shortest(0.08, 0.01, -1.2, 9)!.Value;

        SharpeSignificance.Probabilistic(0.08, 0.01, (int)Math.Ceiling(skewed), -1.2, 9)!.Value.ShouldBeGreaterThanOrEqualTo(0.95);
        SharpeSignificance.Probabilistic(0.08, 0.01, (int)Math.Floor(skewed), -1.2, 9)!.Value.ShouldBeLessThan(0.95);
    }

    [Fact]
    public void Tallies_of_trials_can_be_added_in_any_order() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            double?[] ratios = [.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => random.Next(5) == 0 ? (double?)null : Noise.Normal(random))];
            var cut = random.Next(ratios.Length + 1);

            var whole = Tally(ratios);
            var parts = Tally(ratios[cut..]).Plus(Tally(ratios[..cut]));
            double[] measured = [.. ratios.OfType<double>()];
            var variance = Math.Pow(Sample.StandardDeviation(measured) ?? 0, 2);

            return parts.Trials == ratios.Length && parts.Measured == measured.Length
                && Math.Abs((parts.VarianceOfRatios ?? 0) - variance) < 1e-12
                && Math.Abs(whole.SquaredDeviations - parts.SquaredDeviations) < 1e-10
                && Math.Abs(whole.MeanRatio - parts.MeanRatio) < 1e-12;
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Two_hundred_trials_of_noise_leave_the_best_of_them_less_likely_than_not()
    {
        const int Experiments = 400;
        var random = new Random(20_260_101);
        var (alone, deflated) = (new List<double>(), new List<double>());
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            double[][] trials = [.. Enumerable.Range(0, 200).Select(_ => Noise.Returns(random, 250))];
            var best = trials.MaxBy(trial => Significance.DailyRatioOf(trial))!;

            var significance = Significance.Of(best, Noise.TallyOf(trials), random, resamples: 1);

            alone.Add(significance.Probabilistic!.Value);
            deflated.Add(significance.Deflated!.Value);
        }

        alone.Min().ShouldBeGreaterThan(0.95);
        Interval.OfMedian([.. deflated])!.Value.High.ShouldBeLessThan(0.5);
        deflated.Count(probability => probability >= 0.95).ShouldBeLessThan(Experiments / 20);
    }

    [Fact]
    public void A_first_trial_is_not_deflated_and_a_record_that_never_moves_proves_nothing()
    {
        var returns = Noise.Returns(new Random(4), 300, mean: 0.001);
        var first = Significance.Of(returns, TrialTally.None.With(Significance.DailyRatioOf(returns)), new Random(1));
        var still = Significance.Of(new double[300], TrialTally.None.With(null), new Random(1));

        first.Deflated.ShouldBe(first.Probabilistic);
        first.Sharpe!.Value.ShouldBe(ReturnStatistics.Of(returns).Sharpe!.Value, 1e-12);
        (still.Sharpe, still.Probabilistic, still.ShortestRecord, still.Intervals.Sharpe).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void Trials_without_a_ratio_count_all_the_same()
    {
        var returns = Noise.Returns(new Random(4), 300, mean: 0.002);
        var ratio = Significance.DailyRatioOf(returns);

        var quiet = Enumerable.Range(0, 500).Aggregate(TrialTally.None.With(ratio), (tally, _) => tally.With(null));

        Significance.Of(returns, quiet, new Random(1)).Deflated!.Value.ShouldBeLessThan(Significance.Of(returns, TrialTally.None.With(ratio), new Random(1)).Deflated!.Value);
    }

    [Fact]
    public void Twenty_thousand_trials_that_are_all_alike_do_not_lower_the_bar()
    {
        var returns = Noise.Returns(new Random(4), 300, mean: 0.002);
        double?[] noise = [.. Enumerable.Range(0, 20).Select(seed => Significance.DailyRatioOf(Noise.Returns(new Random(seed), 300)))];
        double?[] wide = [.. noise.Select(ratio => 5 * ratio)];
        var alike = Enumerable.Repeat(Significance.DailyRatioOf(returns), 20_000);

        foreach (var ratios in new[] { [], noise, wide })
        {
            var before = Significance.Of(returns, TrialTally.OfSearch([.. ratios, alike.First()]), new Random(1), resamples: 1);
            var after = Significance.Of(returns, TrialTally.OfSearch([.. ratios, .. alike]), new Random(1), resamples: 1);

            after.Trials.Trials.ShouldBe(ratios.Length + 20_000);
            after.SharpeOfLuck.ShouldBeGreaterThan(before.SharpeOfLuck);
            after.Deflated!.Value.ShouldBeLessThan(before.Deflated!.Value);
        }
    }

    [Fact]
    public void The_bar_is_never_below_that_of_as_many_trials_without_skill()
    {
        var returns = Noise.Returns(new Random(4), 300, mean: 0.002);
        var ratio = Significance.DailyRatioOf(returns);

        // Hardly different from each other, as neighbours in a grid are.
        var close = TrialTally.OfSearch([.. Enumerable.Range(0, 500).Select(i => ratio + (i * 1e-6))]);

        Significance.Of(returns, close, new Random(1), resamples: 1).SharpeOfLuck.ShouldBe(SharpeSignificance.ExpectedBest(500, 1.0 / 299) * Math.Sqrt(365), 1e-12);
    }

    [Fact]
    public void What_money_earns_without_risk_is_taken_off_every_ratio()
    {
        const double RiskFree = 0.5;
        var returns = Noise.Returns(new Random(4), 300, mean: 0.002);
        double[] above = [.. returns.Select(change => change - (RiskFree / 365))];
        var tried = TrialTally.None.With(Significance.DailyRatioOf(returns, RiskFree));

        var plain = Significance.Of(returns, tried, new Random(1));
        var measured = Significance.Of(returns, tried, new Random(1), riskFreeRate: RiskFree);

        var expected = Significance.Of(above, tried, new Random(1));
        measured.Sharpe!.Value.ShouldBe(ReturnStatistics.Of(returns, ReturnSettings.Default with { RiskFreeRate = RiskFree }).Sharpe!.Value, 1e-9);
        measured.Probabilistic!.Value.ShouldBe(expected.Probabilistic!.Value, 1e-9);
        measured.Probabilistic.Value.ShouldBeLessThan(plain.Probabilistic!.Value);
        measured.Intervals.Sharpe!.Value.Estimate.ShouldBe(measured.Sharpe.Value, 1e-9);
        measured.Intervals.Sharpe.Value.Low.ShouldBe(expected.Intervals.Sharpe!.Value.Low, 1e-9);
        measured.Intervals.Sharpe.Value.High.ShouldBeLessThan(plain.Intervals.Sharpe!.Value.High);
        measured.Intervals.TotalReturn.ShouldBe(plain.Intervals.TotalReturn, "it is money, not a ratio");
        double[][] trials = [.. Enumerable.Range(0, 8).Select(seed => Noise.Returns(new Random(seed), 240, mean: 0.001))];
        Overfitting.Of(trials, RiskFree)!.ProbabilityOfLoss.ShouldBeGreaterThan(Overfitting.Of(trials)!.ProbabilityOfLoss);
    }

    static TrialTally Tally(double?[] ratios) => ratios.Aggregate(TrialTally.None, (tally, ratio) => tally.With(ratio));
}
