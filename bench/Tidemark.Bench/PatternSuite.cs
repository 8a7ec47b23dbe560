using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Bench;

/// <summary>All pattern detectors together over a year of minutes, on one core.</summary>
static class PatternSuite
{
    // Measured on a machine of this kind over a series of this length.
    const double PythonLibrary = 167_000;
    const int Short = 10_000;
    const int Long = 520_000;

    public static IReadOnlyList<Measurement> Measure()
    {
        var minutes = Market.Minutes();
        var counter = new FactCounter();
        var year = Clock.Median(() => Run(minutes, 0, Market.Year, counter));
        var shortRuns = Clock.Median(() =>
        {
            for (var start = 0; start < Long; start += Short)
            {
                Run(minutes, start, Short, counter);
            }
        });
        var longRun = Clock.Median(() => Run(minutes, 0, Long, counter));
        Console.WriteLine($"{CountFacts(minutes):N0} facts in {Market.Year:N0} candles.\n");
        return
        [
            new("all detectors, 525,600 candles", year, "ms", 150, "limit"),
            new("all detectors, 525,600 candles", year, "ms", PythonLibrary, "popular Python library, as reported"),
            new("cost per candle at 520,000 candles", longRun * 1e6 / Long, "ns", 1.2 * shortRuns * 1e6 / Long, "1.2 × the cost at 10,000"),
            new("allocated by the second half-year", AllocatedLater(minutes), "bytes", 0, "limit"),
        ];
    }

    static void Run(CandleSeries minutes, int from, int count, FactCounter counter)
    {
        var engine = new PatternEngine(Timeframe.M1);
        for (var i = from; i < from + count; i++)
        {
            engine.Next(minutes[i], counter);
        }
    }

    static long CountFacts(CandleSeries minutes)
    {
        var counter = new FactCounter();
        Run(minutes, 0, minutes.Count, counter);
        return counter.Facts;
    }

    static long AllocatedLater(CandleSeries minutes)
    {
        var engine = new PatternEngine(Timeframe.M1);
        var counter = new FactCounter();
        var half = minutes.Count / 2;
        for (var i = 0; i < half; i++)
        {
            engine.Next(minutes[i], counter);
        }

        return Clock.Allocated(() =>
        {
            for (var i = half; i < minutes.Count; i++)
            {
                engine.Next(minutes[i], counter);
            }
        });
    }
}
