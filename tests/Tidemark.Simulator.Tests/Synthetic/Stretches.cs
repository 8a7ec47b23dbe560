using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>Stretches of made-up markets that several tests look at.</summary>
static class Stretches
{
    /// <summary>2026-01-05 00:00 UTC, a Monday, in minutes since 1970.</summary>
    public const long Monday = 1_767_571_200_000 / 60_000;

    public const int Day = 1_440;

    public static SyntheticTape Tape(string symbol, ulong seed = 7) => new(seed, Listing.Of([symbol])[0]);

    public static Bar[] Bars(this ITape tape, long from, int count) => [.. Enumerable.Range(0, count).Select(i => tape.Minute(from + i))];

    /// <summary>Log returns from close to close over spans of a number of minutes.</summary>
    public static double[] Returns(this ITape tape, long from, int minutes, int span = 1) =>
        [.. Enumerable.Range(1, (minutes / span) - 1).Select(i => Math.Log((double)tape.Minute(from + (i * span)).Close / tape.Minute(from + ((i - 1) * span)).Close))];

    public static double Kurtosis(double[] values)
    {
        var mean = values.Average();
        var square = values.Average(value => Math.Pow(value - mean, 2));
        return values.Average(value => Math.Pow(value - mean, 4)) / (square * square);
    }

    public static double Correlation(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        var together = one.Zip(other, (a, b) => (a - meanOne) * (b - meanOther)).Sum();
        return together / Math.Sqrt(one.Sum(a => Math.Pow(a - meanOne, 2)) * other.Sum(b => Math.Pow(b - meanOther, 2)));
    }
}
