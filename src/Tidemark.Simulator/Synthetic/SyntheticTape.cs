using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>
/// A made-up symbol: minute N depends on (seed, symbol, N) and nothing else, so any stretch is made in time that grows with its own length only.
/// Keeps the blocks it made last; forgetting one changes nothing but speed.
/// </summary>
public sealed class SyntheticTape : ITape
{
    const int BlocksKept = 16;

    readonly MarketSeed seed;
    readonly Dictionary<long, Block> blocks = [];
    readonly Queue<long> oldest = new();
    readonly Lock gate = new();

    /// <summary>The first day of the market unless told otherwise, in minutes since 1970: 2020-01-01.</summary>
    public const long UsualFirstMinute = 1_577_836_800_000 / 60_000;

    public SyntheticTape(ulong seed, Instrument instrument, long firstMinute = UsualFirstMinute)
    {
        this.seed = new MarketSeed(seed, instrument);
        FirstMinute = firstMinute;
    }

    public Instrument Instrument => seed.Instrument;

    public long FirstMinute { get; }

    public long EndMinute => long.MaxValue;

    public bool Has(long minute) => minute >= FirstMinute;

    public Bar Minute(long minute)
    {
        lock (gate)
        {
            return BlockOf(minute).Bars[minute % Block.Length];
        }
    }

    public IReadOnlyList<AggregateTrade> Trades(long minute)
    {
        lock (gate)
        {
            return BlockOf(minute).Trades(minute);
        }
    }

    public long MinuteOf(long aggregateTrade)
    {
        for (var minute = FirstMinute; ; minute = ((minute >> Factor.TopLevel) + 1) << Factor.TopLevel)
        {
            var top = Descent.Top(seed, minute, FirstMinute);
            if (top.Holds(aggregateTrade))
            {
                return Math.Max(FirstMinute, top.ToTrade(seed, 0, aggregateTrade).FirstMinute);
            }
        }
    }

    Block BlockOf(long minute)
    {
        if (minute < FirstMinute)
        {
            throw new ArgumentOutOfRangeException(nameof(minute), minute, "The market did not exist yet.");
        }

        var index = minute >> Block.Level;
        if (blocks.TryGetValue(index, out var known))
        {
            return known;
        }

        if (blocks.Count == BlocksKept)
        {
            blocks.Remove(oldest.Dequeue());
        }

        var made = new Block(seed, index, FirstMinute);
        blocks.Add(index, made);
        oldest.Enqueue(index);
        return made;
    }
}
