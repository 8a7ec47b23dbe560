using System.Runtime.CompilerServices;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Detection;

/// <summary>
/// The latest 64 candles, by their position in the series. Bodies and true ranges are kept in ticks, whole numbers small enough
/// that sums of them are exact, so that a level "exactly at the limit" is decided as on paper. The scale follows the lowest bodies of late:
/// a single print far out does not coarsen it.
/// </summary>
sealed class CandleWindow(Timeframe timeframe)
{
    public const int Length = 64;
    public const int Mean = 20;

    const int Mask = Length - 1;
    // Fourteen digits: what has more is rounded, and there is room to grow before ticks stop being whole.
    const int Digits = 14;
    const double FewestTicks = 1e12;
    const double MostTicks = 1e15;
    const double MostInASum = 4e14;

    readonly long[] times = new long[Length];
    readonly double[] opens = new double[Length];
    readonly double[] highs = new double[Length];
    readonly double[] lows = new double[Length];
    readonly double[] closes = new double[Length];
    readonly double[] volumes = new double[Length];
    readonly double[] bodies = new double[Length];
    TickScale scale;
    double bodySum;

    /// <summary>Position of the latest candle, -1 before the first.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>The average true range over 14 candles, in the quote currency.</summary>
    public double? AverageRange => Atr14.Ticks / scale.TicksPerUnit;

    public WilderRange Atr14 { get; } = new(14);
    public WilderRange Atr100 { get; } = new(100);

    /// <summary>Sum of the 20 bodies before the latest candle, in ticks; zero while there are fewer.</summary>
    public double BodySumBeforeLast { get; private set; }

    public double LastBody => bodies[Last & Mask];

    public void Add(in Candle candle)
    {
        if (Last >= 0 && candle.OpenTime <= times[Last & Mask])
        {
            throw new ArgumentException($"A candle at {candle.OpenTime} cannot follow one at {times[Last & Mask]}", nameof(candle));
        }

        var previousClose = Last < 0 ? candle.Close : closes[Last & Mask];
        Last++;
        Store(candle);
        KeepScale(candle.Close);
        BodySumBeforeLast = Last >= Mean ? bodySum : 0;
        AddBody(Math.Abs(Ticks(candle.Close) - Ticks(candle.Open)));
        if (Last > 0)
        {
            var range = TrueRange(candle, previousClose);
            Atr14.Next(range);
            Atr100.Next(range);
        }
    }

    public long Time(int index) => times[index & Mask];
    public double Open(int index) => opens[index & Mask];
    public double High(int index) => highs[index & Mask];
    public double Low(int index) => lows[index & Mask];
    public double Close(int index) => closes[index & Mask];
    public double Volume(int index) => volumes[index & Mask];
    public double Body(int index) => bodies[index & Mask];
    public CandleMark Mark(int index) => new(index, times[index & Mask]);
    public long KnownAt(int index) => timeframe.CloseOf(times[index & Mask]);
    public double Ticks(double price) => scale.Ticks(price);

    /// <summary>A candle as a direction sees it: the bearish world stands on its head, so that rules are written once.</summary>
    public Sight Seen(int index, Direction direction) =>
        direction == Direction.Bearish
            ? new(-opens[index & Mask], -lows[index & Mask], -highs[index & Mask], -closes[index & Mask])
            : new(opens[index & Mask], highs[index & Mask], lows[index & Mask], closes[index & Mask]);

    public Evidence Between(int first, int last) => new(Mark(first), Mark(last));

    public double Highest(int from, int to)
    {
        var highest = double.NegativeInfinity;
        for (var i = from; i <= to; i++)
        {
            highest = Math.Max(highest, highs[i & Mask]);
        }

        return highest;
    }

    public double Lowest(int from, int to)
    {
        var lowest = double.PositiveInfinity;
        for (var i = from; i <= to; i++)
        {
            lowest = Math.Min(lowest, lows[i & Mask]);
        }

        return lowest;
    }

    /// <summary>Mean of the 20 bodies before a candle, in ticks; zero where there are fewer.</summary>
    public double MeanBodyBefore(int index) => MeanBefore(bodies, index);

    /// <summary>Mean of the 20 volumes before a candle; zero where there are fewer.</summary>
    public double MeanVolumeBefore(int index) => MeanBefore(volumes, index);

    static double MeanBefore(double[] column, int index)
    {
        if (index < Mean)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = index - Mean; i < index; i++)
        {
            sum += column[i & Mask];
        }

        return sum / Mean;
    }

    double TrueRange(in Candle candle, double previousClose)
    {
        var high = Math.Max(candle.High, previousClose);
        var low = Math.Min(candle.Low, previousClose);
        return Ticks(high) - Ticks(low);
    }

    void Store(in Candle candle)
    {
        var slot = Last & Mask;
        times[slot] = candle.OpenTime;
        opens[slot] = candle.Open;
        highs[slot] = candle.High;
        lows[slot] = candle.Low;
        closes[slot] = candle.Close;
        volumes[slot] = candle.Volume;
    }

    void AddBody(double body)
    {
        var leaving = Last >= Mean ? bodies[(Last - Mean) & Mask] : 0;
        bodies[Last & Mask] = body;
        bodySum = leaving > MostInASum ? SumOfBodies(Last - Mean + 1, Last) : bodySum + body - leaving;
    }

    double SumOfBodies(int from, int to)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, from); i <= to; i++)
        {
            sum += bodies[i & Mask];
        }

        return sum;
    }

    void KeepScale(double close)
    {
        var ticks = close * scale.TicksPerUnit;
        if (!(ticks >= FewestTicks && ticks <= MostTicks))
        {
            Rescale();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Rescale()
    {
        var lowest = double.PositiveInfinity;
        for (var i = Math.Max(0, Last - Mean); i <= Last; i++)
        {
            lowest = Math.Min(lowest, Math.Min(opens[i & Mask], closes[i & Mask]));
        }

        var before = scale.TicksPerUnit;
        scale = TickScale.For(lowest, Digits);
        if (before == scale.TicksPerUnit || Last == 0)
        {
            return;
        }

        for (var i = Math.Max(0, Last - Length + 1); i < Last; i++)
        {
            bodies[i & Mask] = Math.Abs(Ticks(closes[i & Mask]) - Ticks(opens[i & Mask]));
        }

        bodySum = SumOfBodies(Last - Mean, Last - 1);
        Atr14.Rescale(scale.TicksPerUnit / before);
        Atr100.Rescale(scale.TicksPerUnit / before);
    }
}
