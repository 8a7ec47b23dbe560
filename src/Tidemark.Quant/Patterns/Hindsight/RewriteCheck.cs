using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Hindsight;

/// <summary>A fact and the position of the candle whose close made it known.</summary>
/// <param name="KnownIndex">Position of the candle, the first being 0.</param>
/// <param name="Fact">The fact; facts are compared by value.</param>
public readonly record struct KnownFact(int KnownIndex, object Fact);

/// <summary>Finds all facts of a series, in the order in which they became known.</summary>
public delegate IReadOnlyList<KnownFact> FactFinder(CandleSlice candles);

/// <summary>How many facts later candles changed.</summary>
/// <param name="Facts">Facts compared, a count.</param>
/// <param name="Rewritten">Facts that a longer run added to the past, took back or changed, a count.</param>
public readonly record struct RewriteCount(int Facts, int Rewritten)
{
    /// <summary>"0 of 1,204 rewritten".</summary>
    public override string ToString() => $"{Rewritten:N0} of {Facts:N0} rewritten";
}

/// <summary>
/// Looks for hindsight: a run over the first candles must report exactly the facts that a run over all of them reports as known by then.
/// A detector that looks at later candles fails it.
/// </summary>
public static class RewriteCheck
{
    /// <summary>Compares the full run with runs over each of the given numbers of candles.</summary>
    public static RewriteCount Count(CandleSlice candles, FactFinder find, IEnumerable<int> prefixes)
    {
        var full = Tally(find(candles));
        var seen = new HashSet<KnownFact>(full.Keys);
        var rewritten = new HashSet<KnownFact>();
        foreach (var length in prefixes)
        {
            var prefix = Tally(find(candles.Slice(0, length)));
            seen.UnionWith(prefix.Keys);
            rewritten.UnionWith(prefix.Where(fact => fact.Key.KnownIndex >= length || full.GetValueOrDefault(fact.Key) != fact.Value).Select(fact => fact.Key));
            rewritten.UnionWith(full.Where(fact => fact.Key.KnownIndex < length && prefix.GetValueOrDefault(fact.Key) != fact.Value).Select(fact => fact.Key));
        }

        return new RewriteCount(seen.Count, rewritten.Count);
    }

    /// <summary>Compares the full run of the pattern engine with runs over some shares of the series, evenly spaced.</summary>
    public static RewriteCount OfPatterns(CandleSlice candles, Timeframe timeframe, PatternOptions? options = null, int cuts = 8) =>
        Count(
            candles,
            slice => FactRecorder.FactsOf(slice, timeframe, options),
            Enumerable.Range(1, cuts).Select(cut => (int)((long)candles.Count * cut / (cuts + 1))));

    static Dictionary<KnownFact, int> Tally(IReadOnlyList<KnownFact> facts)
    {
        var tally = new Dictionary<KnownFact, int>(facts.Count);
        foreach (var fact in facts)
        {
            tally[fact] = tally.GetValueOrDefault(fact) + 1;
        }

        return tally;
    }
}
