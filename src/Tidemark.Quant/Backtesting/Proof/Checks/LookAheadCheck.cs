using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof.Checks;

/// <summary>Whether later bars change what a strategy did earlier. They must not: such a strategy knows what nobody knew.</summary>
/// <param name="Decisions">Entries and exits compared, a count.</param>
/// <param name="Rewritten">Of them those that later bars added, took back or changed, a count.</param>
/// <param name="Bars">Bars looked at, a count.</param>
public sealed record LookAheadCheck(int Decisions, int Rewritten, int Bars)
{
    const int MostBars = 20_000;
    const int Cuts = 4;

    /// <summary>Whether nothing was rewritten.</summary>
    public bool Passed => Rewritten == 0;

    /// <summary>
    /// Runs a strategy over the last bars of an input, then again with everything after a cut missing, and again with everything after it in another
    /// order; up to the cut it must have done the same. Finer candles and funding are left out, for they decide nothing.
    /// </summary>
    public static LookAheadCheck Of(
        StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, BacktestInput input, BacktestSettings settings, Random random, CancellationToken stop = default)
    {
        var bars = input.With(Last, input.TradeFrom);
        var times = bars.Symbols[0].Candles.Times;
        var full = Backtester.Run(strategy, parameters, bars, settings, stop);
        var (compared, rewritten) = (new HashSet<Fill>(), new HashSet<Fill>());
        for (var cut = 1; cut <= Cuts && times.Length > Cuts; cut++)
        {
            var moment = times[(int)((long)times.Length * cut / (Cuts + 1))];
            var known = Checks.Decisions.Before(moment, full);
            compared.UnionWith(known);
            foreach (var change in new Func<CandleSlice, CandleSlice>[] { candles => candles.Before(moment), candles => Shuffled(candles, moment, random) })
            {
                var other = Checks.Decisions.Before(moment, Backtester.Run(strategy, parameters, bars.With(change, input.TradeFrom), settings, stop));
                compared.UnionWith(other);
                other.SymmetricExceptWith(known);
                rewritten.UnionWith(other);
            }
        }

        return new LookAheadCheck(compared.Count, rewritten.Count, times.Length);
    }

    static CandleSlice Last(CandleSlice candles) => candles.Slice(Math.Max(0, candles.Count - MostBars), Math.Min(candles.Count, MostBars));

    // The candles from a moment on swap their prices and volumes; times stay in order.
    static CandleSlice Shuffled(CandleSlice candles, long moment, Random random)
    {
        var from = candles.IndexAtOrAfter(moment);
        int[] order = [.. Enumerable.Range(from, candles.Count - from)];
        random.Shuffle(order);
        var series = new CandleSeries(candles.Count);
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i < from ? i : order[i - from]];
            series.Append(candle with { OpenTime = candles.Times[i] });
        }

        return series.All();
    }
}
