namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>Daily returns of made-up records.</summary>
static class Noise
{
    public static double[] Returns(Random random, int days, double mean = 0, double deviation = 0.02) =>
        [.. Enumerable.Range(0, days).Select(_ => mean + (deviation * Normal(random)))];

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static TrialTally TallyOf(IEnumerable<double[]> trials) =>
        trials.Aggregate(TrialTally.None, (tally, returns) => tally.With(Significance.DailyRatioOf(returns)));
}
