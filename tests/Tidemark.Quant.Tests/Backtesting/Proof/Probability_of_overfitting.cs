using FsCheck;
using FsCheck.Fluent;

namespace Tidemark.Quant.Backtesting.Proof;

public sealed class Probability_of_overfitting
{
    [Fact]
    public void Is_about_a_half_where_all_trials_are_noise()
    {
        var random = new Random(1);

        var average = Enumerable.Range(0, 60).Average(_ => Overfitting.Of(Noises(random, 40, 320))!.Probability);

        average.ShouldBeInRange(0.4, 0.6);
    }

    [Fact]
    public void Is_small_where_one_trial_is_truly_better()
    {
        var random = new Random(2);
        var trials = Noises(random, 40, 320);
        trials[17] = Noise.Returns(random, 320, mean: 0.01);

        var overfitting = Overfitting.Of(trials)!;

        overfitting.Probability.ShouldBeLessThan(0.02);
        overfitting.ProbabilityOfLoss.ShouldBeLessThan(0.02);
        (overfitting.Trials, overfitting.Blocks, overfitting.Splits, overfitting.Days).ShouldBe((40, 16, 12_870, 320));
    }

    [Fact]
    public void Is_near_one_where_each_trial_is_good_in_one_half_of_the_time_only()
    {
        var random = new Random(3);
        double[][] trials = [.. Enumerable.Range(0, 12).Select(trial =>
        {
            var returns = Noise.Returns(random, 240, deviation: 0.001);
            for (var day = 0; day < returns.Length; day++)
            {
                // The better a trial did in one block, the worse it does in all others.
                returns[day] += day / 20 == trial ? 0.05 : -0.005;
            }

            return returns;
        })];

        Overfitting.Of(trials)!.Probability.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Is_what_a_plain_count_over_all_splits_says() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var trials = Noises(random, random.Next(2, 12), random.Next(60, 110));
            if (random.Next(3) == 0)
            {
                trials[0] = new double[trials[0].Length];
            }

            var overfitting = Overfitting.Of(trials)!;
            var (below, lost, splits) = Count(trials, overfitting.Blocks);

            return overfitting.Splits == splits
                && Math.Abs(overfitting.Probability - ((double)below / splits)) < 1e-12
                && Math.Abs(overfitting.ProbabilityOfLoss - ((double)lost / splits)) < 1e-12;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Is_undefined_without_a_choice_or_without_enough_days()
    {
        var random = new Random(4);
        var one = Noise.Returns(random, 300);

        Overfitting.Of([]).ShouldBeNull();
        Overfitting.Of([one]).ShouldBeNull();
        Overfitting.Of([one, [.. one]]).ShouldBeNull();
        Overfitting.Of(Noises(random, 5, 59)).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Overfitting.Of([one, Noise.Returns(random, 299)]));
    }

    static double[][] Noises(Random random, int trials, int days) => [.. Enumerable.Range(0, trials).Select(_ => Noise.Returns(random, days))];

    // The definition word by word: every choice of half the blocks, the best there, its rank elsewhere.
    static (int Below, int Lost, int Splits) Count(double[][] trials, int blocks)
    {
        var length = trials[0].Length / blocks;
        var start = trials[0].Length - (blocks * length);
        var (below, lost, splits) = (0, 0, 0);
        for (var mask = 0; mask < 1 << blocks; mask++)
        {
            if (int.PopCount(mask) != blocks / 2)
            {
                continue;
            }

            double Ratio(double[] trial, bool inSample) =>
                Significance.DailyRatioOf([.. trial.Skip(start).Where((_, day) => ((mask >> (day / length) & 1) == 1) == inSample)]) ?? 0;
            var best = trials.MaxBy(trial => Ratio(trial, true))!;
            var result = Ratio(best, false);
            var rank = trials.Count(trial => Ratio(trial, false) < result) + ((trials.Count(trial => Ratio(trial, false) == result) + 1) / 2.0);
            below += rank / (trials.Length + 1) <= 0.5 ? 1 : 0;
            lost += result < 0 ? 1 : 0;
            splits++;
        }

        return (below, lost, splits);
    }
}
