using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof.Checks;

/// <summary>How many bars a strategy must have seen before it decides as if it had seen all of the past.</summary>
/// <param name="Declared">Bars the strategy says it needs, a count.</param>
/// <param name="Needed">The fewest bars tried after which it did the same as with all the past; null where no number tried was enough.</param>
/// <param name="Decisions">Entries and exits compared, a count; of none, nothing is known.</param>
/// <param name="Bars">Bars of past that were available, a count.</param>
public sealed record WarmUpCheck(int Declared, int? Needed, int Decisions, int Bars)
{
    const int MostBars = 20_000;
    const int MostStarts = 24;
    const int ShortestStretch = 20;
    const int Doublings = 7;

    /// <summary>Whether the declared number is enough.</summary>
    public bool DeclaredIsEnough => Needed <= Declared;

    /// <summary>
    /// Starts trading at many places of the second half of the input's last bars, each time with all the past and with only so many bars of it, the
    /// declared number first and then twice as many each time; nothing that is done after may differ.
    /// </summary>
    public static WarmUpCheck Of(
        StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, BacktestInput input, BacktestSettings settings, CancellationToken stop = default)
    {
        var declared = Math.Max(1, strategy.WarmUp(strategy.With(parameters), input.Timeframe));
        var bars = input.With(candles => candles.Slice(Math.Max(0, candles.Count - MostBars), Math.Min(candles.Count, MostBars)));
        var candles = bars.Symbols[0].Candles;
        var past = candles.Count / 2;
        if (past <= declared)
        {
            return new WarmUpCheck(declared, null, 0, past);
        }

        var runner = new TrialRunner(strategy, bars, settings);
        Start[] starts = [.. StartsOf(candles, past).Select(start => start with { Fills = FillsOf(runner.Result(parameters, new TrialPeriod(start.From, start.Until), stop: stop)) })];
        var decisions = starts.Sum(start => start.Fills.Count);
        for (var (tried, doubling) = (declared, 0); doubling < Doublings && tried < past; (tried, doubling) = (tried * 2, doubling + 1))
        {
            if (Array.TrueForAll(starts, start => FillsAfter(start, tried).SetEquals(start.Fills)))
            {
                return new WarmUpCheck(declared, tried, decisions, past);
            }
        }

        return new WarmUpCheck(declared, null, decisions, past);

        HashSet<Fill> FillsAfter(Start start, int seen)
        {
            var oldest = candles.Times[start.At - seen];
            return FillsOf(Backtester.Run(strategy, parameters, bars.With(symbol => Between(symbol, oldest, start.Until), start.From), settings, stop));
        }
    }

    static IEnumerable<Start> StartsOf(CandleSlice candles, int past)
    {
        var count = Math.Clamp((candles.Count - past) / ShortestStretch, 1, MostStarts);
        for (var i = 0; i < count; i++)
        {
            var (at, next) = (PlaceOf(i), PlaceOf(i + 1));
            yield return new Start(at, candles.Times[at], next < candles.Count ? candles.Times[next] : long.MaxValue, []);
        }

        int PlaceOf(int start) => past + (int)((long)(candles.Count - past) * start / count);
    }

    static HashSet<Fill> FillsOf(BacktestResult result) => Checks.Decisions.Before(long.MaxValue, result);

    readonly record struct Start(int At, long From, long Until, HashSet<Fill> Fills);

    static CandleSlice Between(CandleSlice candles, long from, long until)
    {
        var (first, end) = (candles.IndexAtOrAfter(from), candles.IndexAtOrAfter(until));
        return candles.Slice(first, end - first);
    }
}
