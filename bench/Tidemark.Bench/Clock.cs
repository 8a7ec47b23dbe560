using System.Diagnostics;

namespace Tidemark.Bench;

/// <summary>Times work after warming it up; the median of several runs, in milliseconds.</summary>
static class Clock
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    const int FewestWarmUps = 4;
    const int Runs = 9;

    public static double Median(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < FewestWarmUps || Stopwatch.GetElapsedTime(begin) < WarmUp; i++)
        {
            work();
        }

        var times = new double[Runs];
        for (var i = 0; i < Runs; i++)
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Runs / 2];
    }

    /// <summary>Bytes that work allocates on this thread.</summary>
    public static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
