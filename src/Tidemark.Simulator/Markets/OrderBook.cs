using System.Runtime.InteropServices;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Markets;

/// <summary>A price and what is offered at it, in ticks and steps; quantity 0 in an update removes the price.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Level(long Price, long Quantity);

/// <summary>The book at a moment: bids from the highest down, asks from the lowest up.</summary>
public sealed record BookView(long UpdateId, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>What changed in the book between two moments, each touched price with its newest quantity.</summary>
public sealed record BookChange(long FirstUpdateId, long LastUpdateId, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>
/// The order book of a symbol, a pure function of time like its trades: best prices are those of the last trade, and behind them stands one order
/// in each small cell of prices, renewed at a rhythm of its own. Time advances in slots; each slot is a fixed number of update ids.
/// </summary>
public sealed class OrderBook
{
    /// <summary>Levels a side, the best included.</summary>
    public const int Depth = 1_000;

    const int UpdatesASlot = 16;
    const double CellWidth = 0.000_02;

    readonly SymbolMarket market;
    readonly ulong bidKey;
    readonly ulong askKey;
    readonly long cell;
    readonly double size;

    public OrderBook(SymbolMarket market, ulong seed, long slotLength)
    {
        this.market = market;
        SlotLength = slotLength;
        var instrument = market.Instrument;
        var key = Noise.Key(Noise.Key(seed, instrument.Symbol), "the book");
        (bidKey, askKey) = (Noise.Key(key, 0), Noise.Key(key, 1));
        cell = Math.Max(1, (long)(instrument.TypicalPrice * CellWidth / instrument.TickSize));
        size = Math.Max(1, instrument.DailyTurnover / 1_440 / instrument.TypicalPrice / instrument.StepSize / 20);
    }

    /// <summary>How long the book stands still between changes, in milliseconds of market time.</summary>
    public long SlotLength { get; }

    /// <summary>The newest slot that is over at a moment.</summary>
    public long SlotAt(long now) => ((now + 1) / SlotLength) - 1;

    public BookView At(long slot, int limit = Depth)
    {
        var best = BestAt(slot);
        return new BookView(slot * UpdatesASlot, Side(best, slot, isBid: true, limit), Side(best, slot, isBid: false, limit));
    }

    /// <summary>All prices touched in the slots after one up to and with another, with the quantities they have at its end.</summary>
    public BookChange Change(long from, long to)
    {
        SortedDictionary<long, long> bids = [], asks = [];
        var before = At(from);
        for (var slot = from + 1; slot <= to; slot++)
        {
            var after = At(slot);
            Collect(before.Bids, after.Bids, bids);
            Collect(before.Asks, after.Asks, asks);
            before = after;
        }

        return new BookChange(
            (from * UpdatesASlot) + 1,
            to * UpdatesASlot,
            [.. bids.Reverse().Select(level => new Level(level.Key, level.Value))],
            [.. asks.Select(level => new Level(level.Key, level.Value))]);
    }

    static void Collect(IReadOnlyList<Level> before, IReadOnlyList<Level> after, SortedDictionary<long, long> touched)
    {
        var gone = before.ToDictionary(level => level.Price, level => level.Quantity);
        foreach (var level in after)
        {
            if (!gone.Remove(level.Price, out var quantity) || quantity != level.Quantity)
            {
                touched[level.Price] = level.Quantity;
            }
        }

        foreach (var price in gone.Keys)
        {
            touched[price] = 0;
        }
    }

    AggregateTrade BestAt(long slot) =>
        market.LastTrade((slot * SlotLength) + SlotLength - 1) ?? new AggregateTrade(0, 0, 2, 1, 0, 1, BuyerIsMaker: true, 1);

    List<Level> Side(in AggregateTrade best, long slot, bool isBid, int limit)
    {
        var (key, direction, top) = isBid ? (bidKey, -1, best.BestBid) : (askKey, 1, best.BestAsk);
        var levels = new List<Level>(limit) { new(top, QuantityOf(Noise.At(key ^ (ulong)best.Id, slot / 3))) };
        for (var index = (top / cell) + direction; levels.Count < limit && index >= 0; index += direction)
        {
            var nature = Noise.At(key, index);
            var rhythm = 5 + (long)(nature % 200);
            var state = Noise.At(nature, (slot + (long)((nature >> 8) % 1_000)) / rhythm);
            var price = (index * cell) + (long)((state >> 40) % (ulong)cell);
            if (price > 0)
            {
                levels.Add(new Level(price, QuantityOf(state)));
            }
        }

        return levels;
    }

    /// <summary>Many small orders and few large ones: the square of an even number over its complement.</summary>
    long QuantityOf(ulong bits)
    {
        var even = Noise.Uniform(bits);
        return 1 + (long)(size * even * even / (1.02 - even));
    }
}
