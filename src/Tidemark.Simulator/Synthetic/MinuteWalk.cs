using System.Runtime.InteropServices;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>
/// The taker orders of one minute, one after the other: prices walk a bridge from the minute's first to its last price,
/// now and then an order sweeps through the book and the price comes back, which makes wicks.
/// </summary>
[StructLayout(LayoutKind.Auto)]
struct MinuteWalk
{
    const int BridgeSteps = 128;
    const double SizeSpread = 1.1;
    const double MinuteSpread = 0.45;

    static readonly double[] Sizes = LogNormal(SizeSpread);
    static readonly double[] MinuteSizes = LogNormal(MinuteSpread);
    static readonly double[] Bridge = [.. Enumerable.Range(0, BridgeSteps).Select(left => left == 0 ? 0 : Math.Sqrt((left - 1.0) / left))];

    readonly ulong key;
    readonly long start;
    readonly long firstId;
    readonly double end;
    readonly double step;
    readonly double size;
    readonly double widening;
    double price;
    int position;

    public MinuteWalk(MarketSeed seed, long minute, long firstTrade, int count, double from, double to, double variance)
    {
        key = Noise.At(seed.Minutes, minute);
        start = minute * 60_000;
        firstId = firstTrade;
        Count = count;
        price = from;
        end = to;
        step = from * Math.Sqrt(variance / count);
        var activity = Math.Sqrt(Math.Sqrt(variance / seed.TypicalVariance));
        size = seed.TypicalSize * activity * MinuteSizes[key & 0xFF];
        widening = seed.Instrument.TypicalSpread * activity;
    }

    public int Count { get; }

    public long Price { get; private set; }

    public long Quantity { get; private set; }

    public bool IsBuy { get; private set; }

    long Time { get; set; }

    int Spread { get; set; }

    /// <summary>The taker order as others see it.</summary>
    public readonly AggregateTrade Trade
    {
        get
        {
            var id = firstId + position - 1;
            return new AggregateTrade(id, Time, Price, Quantity, TradeIds.FirstOf(id), TradeIds.CountOf(id), !IsBuy, Spread);
        }
    }

    public bool Next()
    {
        if (position == Count)
        {
            return false;
        }

        var bits = Noise.At(key, position);
        var more = Noise.More(bits);
        var left = Count - position;
        var move = ((end - price) / left) + (step * BridgeOf(left) * Noise.Normal(bits));
        price += move;

        Time = start + (long)((position + ((more & 0xFFFF) / 65_536.0)) * 60_000 / Count);
        var leaning = Math.Clamp(move / step * 0.2, -0.35, 0.35);
        IsBuy = ((more >> 16) & 0xFF) / 256.0 < 0.5 + leaning;
        Spread = 1 + (int)(widening * ((more >> 24) & 0xFF) / 256.0);
        var seen = position > 0 && left > 1 ? price + SweepOf(more >> 56) : price;
        var bid = (long)Math.Max(1, seen - ((Spread - 1) / 2));
        Price = IsBuy ? bid + Spread : bid;

        var wanted = (long)((size * Sizes[(more >> 32) & 0xFF] * (0.9 + (((more >> 40) & 0xFF) / 1_280.0))) + 0.5);
        Quantity = Math.Max(TradeIds.CountOf(firstId + position), wanted);
        position++;
        return true;
    }

    /// <summary>One order in 64 goes through two to five steps of the book in its own direction.</summary>
    readonly double SweepOf(ulong eightBits) =>
        eightBits < 4 ? step * (2 + eightBits) * (IsBuy ? 1 : -1) : 0;

    static double BridgeOf(int left) => left < BridgeSteps ? Bridge[left] : Math.Sqrt((left - 1.0) / left);

    /// <summary>256 evenly likely sizes of mean 1 whose logarithm is normal with the given standard deviation.</summary>
    static double[] LogNormal(double deviation)
    {
        var sizes = Enumerable.Range(0, 256).Select(i => Math.Exp(deviation * NormalQuantile((i + 0.5) / 256))).ToArray();
        var mean = sizes.Average();
        return [.. sizes.Select(size => size / mean)];
    }

    /// <summary>The normal quantile by Shore's approximation, good to a few per cent, which sizes do not notice.</summary>
    static double NormalQuantile(double probability) =>
        probability < 0.5 ? -NormalQuantile(1 - probability) : 5.5556 * (1 - Math.Pow((1 - probability) / probability, 0.1186));
}
