using System.Diagnostics;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Bench.Backtests;

/// <summary>One run and a thousand of RSI mean reversion over a year of minutes, against a loop written by hand and what Python libraries need.</summary>
static class BacktestSuite
{
    // Measured on a machine of this kind over series of this length.
    const double EventDrivenPythonLibrary = 2_200;
    const double VectorisedPythonLibrary = 57_000;
    const int Cores = 2;
    const double MostMemory = 500;

    static readonly StrategyDescription Reversion = StrategyRegistry.Find("rsi")!;

    static readonly IReadOnlyDictionary<string, double>[] Grid =
    [
        .. from period in Enumerable.Range(0, 10)
        from low in Enumerable.Range(0, 10)
        from high in Enumerable.Range(0, 10)
        select new Dictionary<string, double> { ["period"] = 5 + (5 * period), ["buy_below"] = 20 + (2 * low), ["sell_above"] = 62 + (2 * high) },
    ];

    public static IReadOnlyList<Measurement> Measure()
    {
        var minutes = Market.Minutes();
        var input = new BacktestInput(minutes.All(), Timeframe.M1);
        var settings = new BacktestSettings();
        var loop = new BareReversion(minutes);
        RequireSameMoney(input, settings, loop);

        var (own, bare) = Indicators.Duel.Time(() => Backtester.Run(Reversion, null, input, settings), () => loop.Run());
        var (thousand, trades) = Thousand(input, settings);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"{trades:N0} trades in {Grid.Length:N0} runs; one run {own:0.0} ms, the loop by hand {bare:0.0} ms.\n");
        return
        [
            new("one run, 525,600 bars", own, "ms", 25, "limit"),
            new("one run, 525,600 bars", own, "ms", 4 * bare, "4 × the loop by hand"),
            new("one run, 525,600 bars", own, "ms", EventDrivenPythonLibrary, "event-driven Python library, as reported"),
            new($"{Grid.Length:N0} combinations, {Cores} cores", thousand, "ms", 1_500, "limit"),
            new($"{Grid.Length:N0} combinations, {Cores} cores", thousand, "ms", VectorisedPythonLibrary, "vectorised Python library on one core, as reported"),
            new("largest working set", process.PeakWorkingSet64 / 1_048_576.0, "MB", MostMemory, "limit"),
        ];
    }

    static (double Milliseconds, long Trades) Thousand(BacktestInput input, BacktestSettings settings)
    {
        var trades = 0L;
        var median = Clock.Median(() =>
        {
            trades = 0;
            var trials = new TrialRunner(Reversion, input, settings);
            Parallel.ForEach(Grid, new ParallelOptions { MaxDegreeOfParallelism = Cores }, parameters => Interlocked.Add(ref trades, trials.Run(parameters).Trades));
        });
        return (median, trades);
    }

    static void RequireSameMoney(BacktestInput input, BacktestSettings settings, BareReversion loop)
    {
        var result = Backtester.Run(Reversion, null, input, settings);
        var (trades, equity) = loop.Run();
        if (trades.Count != result.Trades.Count || !equity.AsSpan().SequenceEqual(result.Equity.ToArray()))
        {
            throw new InvalidOperationException("the engine and the loop by hand do not earn the same");
        }
    }
}
