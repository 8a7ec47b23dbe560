using System.Runtime.InteropServices;

namespace Tidemark.Simulator.Synthetic;

/// <summary>
/// A stretch of 2^level minutes of one symbol: both paths over it, and how many trades came before and fall inside.
/// Trades are shared out like the movement, by its standard deviation, so that ids are consecutive and yet known without counting.
/// </summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Descent(int Level, long Index, Stretch Common, Stretch Own, long FirstTrade, long Extra)
{
    public long FirstMinute => Index << Level;

    long Trades => ((long)MarketSeed.LeastTrades << Level) + Extra;

    /// <summary>The stretch between the fixed points around a minute.</summary>
    public static Descent Top(MarketSeed seed, long minute, long firstMinute)
    {
        var top = minute >> Factor.TopLevel;
        var before = 0L;
        for (var earlier = firstMinute >> Factor.TopLevel; earlier < top; earlier++)
        {
            before += ((long)MarketSeed.LeastTrades << Factor.TopLevel) + seed.ExtraTrades(earlier);
        }

        return new Descent(Factor.TopLevel, top, seed.Common.Top(top), seed.Own.Top(top), before, seed.ExtraTrades(top));
    }

    public (Descent Before, Descent After) Halve(MarketSeed seed)
    {
        var middle = FirstMinute + (1L << (Level - 1));
        var business = Seasons.Between(FirstMinute, middle) / Seasons.Between(FirstMinute, FirstMinute + (1L << Level));
        seed.Common.Halve(Level, Index, Common, business, seed.Common.RegimeAt(FirstMinute), out var commonBefore, out var commonAfter);
        seed.Own.Halve(Level, Index, Own, business, seed.Own.RegimeAt(FirstMinute), out var ownBefore, out var ownAfter);

        var extraBefore = ShareOf(Extra, seed.VarianceOf(commonBefore, ownBefore), seed.VarianceOf(commonAfter, ownAfter));
        var before = new Descent(Level - 1, Index * 2, commonBefore, ownBefore, FirstTrade, extraBefore);
        var after = new Descent(Level - 1, (Index * 2) + 1, commonAfter, ownAfter, FirstTrade + before.Trades, Extra - extraBefore);
        return (before, after);
    }

    /// <summary>The stretch of a lower level that holds a minute.</summary>
    public Descent To(MarketSeed seed, int level, long minute)
    {
        var at = this;
        while (at.Level > level)
        {
            var (before, after) = at.Halve(seed);
            at = minute < after.FirstMinute ? before : after;
        }

        return at;
    }

    /// <summary>The stretch of a lower level that holds a trade.</summary>
    public Descent ToTrade(MarketSeed seed, int level, long trade)
    {
        var at = this;
        while (at.Level > level)
        {
            var (before, after) = at.Halve(seed);
            at = trade < after.FirstTrade ? before : after;
        }

        return at;
    }

    public bool Holds(long trade) => trade >= FirstTrade && trade < FirstTrade + Trades;

    static long ShareOf(long extra, double before, double after)
    {
        var one = Math.Sqrt(before);
        return (long)((extra * (one / (one + Math.Sqrt(after)))) + 0.5);
    }
}
