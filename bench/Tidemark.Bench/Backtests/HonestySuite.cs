using System.Diagnostics;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Bench.Backtests;

/// <summary>The whole honest report over a year of minutes, in a process that has just started and after, and a search with all its figures kept.</summary>
static class HonestySuite
{
    // The API is to answer a cold call within a second; the server needs some of it.
    const double ColdCall = 800;
    const double VectorisedPythonLibrary = 57_000;
    const int Cores = 2;
    const double MostMemory = 500;

    public static IReadOnlyList<Measurement> Measure()
    {
        var input = new BacktestInput(Market.Minutes().All(), Timeframe.M1);
        var settings = new BacktestSettings();
        var begin = Stopwatch.GetTimestamp();
        Judge("rsi", input, settings);
        var cold = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;

        var search = Clock.Median(() => Optimiser.Run(Thousand, input, settings));
        var table = Optimiser.Run(Thousand, input, settings);
        using var process = Process.GetCurrentProcess();
        List<Measurement> measurements =
        [
            new("honest report, rsi, first call of the process", cold, "ms", ColdCall, "limit"),
            new($"search of {table.Trials.Count:N0} combinations, {Cores} cores", search, "ms", 1_500, "limit"),
            new($"search of {table.Trials.Count:N0} combinations, {Cores} cores", search, "ms", VectorisedPythonLibrary, "vectorised Python library on one core, as reported"),
            new("largest working set of report and search", process.PeakWorkingSet64 / 1_048_576.0, "MB", MostMemory, "limit"),
            new("probability of overfitting, 1,000 trials", Clock.Median(() => table.Overfitting()), "ms", 500, "limit"),
        ];
        foreach (var strategy in StrategyRegistry.All)
        {
            measurements.Add(new($"honest report, {strategy.Name}", Clock.Median(() => Judge(strategy.Name, input, settings)), "ms", ColdCall, "limit"));
        }

        return measurements;
    }

    static OptimiserPlan Thousand => new(new ParameterSpace(
        StrategyRegistry.Find("rsi")!,
        [TriedValues.Between("period", 5, 50, 5), TriedValues.Between("buy_below", 20, 38, 2), TriedValues.Between("sell_above", 62, 80, 2)]))
    {
        Threads = Cores,
    };

    static void Judge(string strategy, BacktestInput input, BacktestSettings settings) =>
        Honesty.Judge(new HonestyRequest(StrategyRegistry.Find(strategy)!, null, input, settings));
}
