using System.Diagnostics;

namespace Tidemark.Bench.Indicators;

/// <summary>Two ways to the same result, timed in turns so that whatever else the machine does hits both alike.</summary>
static class Duel
{
    const int Runs = 11;
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);

    /// <summary>Median milliseconds of both.</summary>
    public static (double Ours, double Bare) Time(Action ours, Action bare)
    {
        Warm(ours);
        Warm(bare);
        var (first, second) = (new double[Runs], new double[Runs]);
        for (var run = 0; run < Runs; run++)
        {
            first[run] = Once(ours);
            second[run] = Once(bare);
        }

        Array.Sort(first);
        Array.Sort(second);
        return (first[Runs / 2], second[Runs / 2]);
    }

    static void Warm(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        do
        {
            work();
            Thread.Yield();
        }
        while (Stopwatch.GetElapsedTime(begin) < WarmUp);
    }

    static double Once(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
