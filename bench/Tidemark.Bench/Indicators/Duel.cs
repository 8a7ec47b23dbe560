using System.Diagnostics;

namespace Tidemark.Bench.Indicators;

/// <summary>Two ways to the same result, timed in turns so that whatever else the machine does hits both alike.</summary>
static class Duel
{
    const int Runs = 11;
    const int WarmCalls = 80;
    static readonly TimeSpan ShortestWarmUp = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(4);

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

    // The runtime compiles a method for good only after two times thirty calls, and a while later.
    static void Warm(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var call = 0; IsCold(call, Stopwatch.GetElapsedTime(begin)); call++)
        {
            work();
            Thread.Yield();
        }
    }

    static bool IsCold(int calls, TimeSpan elapsed) =>
        elapsed < ShortestWarmUp || (calls < WarmCalls && elapsed < LongestWarmUp);

    static double Once(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
