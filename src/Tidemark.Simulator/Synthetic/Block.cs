using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>1024 consecutive minutes of one symbol, made at once: about 17 hours.</summary>
sealed class Block
{
    public const int Level = 10;
    public const int Length = 1 << Level;

    readonly MarketSeed seed;
    readonly Descent[] minutes;
    readonly double[] prices = new double[Length + 1];
    Bar[]? bars;

    public Block(MarketSeed seed, long index, long firstMinute)
    {
        this.seed = seed;
        FirstMinute = index << Level;
        minutes = new Descent[Length];
        minutes[0] = Descent.Top(seed, FirstMinute, firstMinute).To(seed, Level, FirstMinute);
        for (var span = Length; span > 1; span /= 2)
        {
            for (var start = 0; start < Length; start += span)
            {
                (minutes[start], minutes[start + (span / 2)]) = minutes[start].Halve(seed);
            }
        }

        for (var i = 0; i < Length; i++)
        {
            prices[i] = seed.PriceAt(minutes[i].Common.From, minutes[i].Own.From);
        }

        prices[Length] = seed.PriceAt(minutes[^1].Common.To, minutes[^1].Own.To);
    }

    public long FirstMinute { get; }

    /// <summary>Bars of all minutes, made when first asked for.</summary>
    public Bar[] Bars => bars ??= [.. Enumerable.Range(0, Length).Select(BarOf)];

    public List<AggregateTrade> Trades(long minute)
    {
        var walk = WalkOf((int)(minute - FirstMinute));
        var trades = new List<AggregateTrade>(walk.Count);
        while (walk.Next())
        {
            trades.Add(walk.Trade);
        }

        return trades;
    }

    Bar BarOf(int position)
    {
        var walk = WalkOf(position);
        walk.Next();
        var (open, high, low) = (walk.Price, walk.Price, walk.Price);
        var firstTrade = TradeIds.FirstOf(minutes[position].FirstTrade);
        long volume = 0, taken = 0, turnover = 0, takenTurnover = 0;
        do
        {
            high = Math.Max(high, walk.Price);
            low = Math.Min(low, walk.Price);
            volume += walk.Quantity;
            turnover += walk.Price * walk.Quantity;
            if (walk.IsBuy)
            {
                taken += walk.Quantity;
                takenTurnover += walk.Price * walk.Quantity;
            }
        }
        while (walk.Next());
        var lastTrade = TradeIds.FirstOf(minutes[position].FirstTrade + walk.Count) - 1;
        return new Bar((FirstMinute + position) * 60_000, open, high, low, walk.Price, volume, turnover, taken, takenTurnover, firstTrade, lastTrade);
    }

    MinuteWalk WalkOf(int position)
    {
        ref readonly var minute = ref minutes[position];
        var variance = seed.VarianceOf(minute.Common, minute.Own);
        return new MinuteWalk(
            seed,
            FirstMinute + position,
            minute.FirstTrade,
            MarketSeed.LeastTrades + (int)minute.Extra,
            prices[position],
            prices[position + 1],
            variance);
    }
}
