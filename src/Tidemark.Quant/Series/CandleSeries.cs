using System.Runtime.CompilerServices;

namespace Tidemark.Quant.Series;

/// <summary>Closed candles of one symbol and timeframe in order of time, one array a column; grows at the end only.</summary>
public sealed class CandleSeries
{
    long[] times;
    double[] opens;
    double[] highs;
    double[] lows;
    double[] closes;
    double[] volumes;
    int[] minutes;

    /// <summary>An empty series with room for a number of candles before it has to grow.</summary>
    public CandleSeries(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        times = new long[capacity];
        opens = new double[capacity];
        highs = new double[capacity];
        lows = new double[capacity];
        closes = new double[capacity];
        volumes = new double[capacity];
        minutes = new int[capacity];
    }

    /// <summary>A series holding the given candles, which must be in order of time.</summary>
    public CandleSeries(ReadOnlySpan<Candle> candles)
        : this(candles.Length)
    {
        foreach (ref readonly var candle in candles)
        {
            Append(candle);
        }
    }

    /// <summary>Number of candles.</summary>
    public int Count { get; private set; }

    /// <summary>Open times in UTC milliseconds since 1970.</summary>
    public ReadOnlySpan<long> Times => times.AsSpan(0, Count);

    /// <summary>Open prices in the quote currency.</summary>
    public ReadOnlySpan<double> Opens => opens.AsSpan(0, Count);

    /// <summary>High prices in the quote currency.</summary>
    public ReadOnlySpan<double> Highs => highs.AsSpan(0, Count);

    /// <summary>Low prices in the quote currency.</summary>
    public ReadOnlySpan<double> Lows => lows.AsSpan(0, Count);

    /// <summary>Close prices in the quote currency.</summary>
    public ReadOnlySpan<double> Closes => closes.AsSpan(0, Count);

    /// <summary>Volumes in the base currency.</summary>
    public ReadOnlySpan<double> Volumes => volumes.AsSpan(0, Count);

    /// <summary>Minutes of trading each candle was made from.</summary>
    public ReadOnlySpan<int> Minutes => minutes.AsSpan(0, Count);

    /// <summary>The candle at a position, 0 being the oldest.</summary>
    public Candle this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new Candle(times[index], opens[index], highs[index], lows[index], closes[index], volumes[index], minutes[index]);
        }
    }

    /// <summary>Adds a candle later than all before it.</summary>
    public void Append(in Candle candle) =>
        Append(candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.Minutes);

    internal void Append(long time, double open, double high, double low, double close, double volume, int minutesOfTrading)
    {
        var last = Count;
        if (last > 0 && time <= times[last - 1])
        {
            throw new ArgumentException($"A candle at {time} cannot follow one at {times[last - 1]}", nameof(time));
        }

        if (last == times.Length)
        {
            Grow(Math.Max(16, last * 2));
        }

        times[last] = time;
        opens[last] = open;
        highs[last] = high;
        lows[last] = low;
        closes[last] = close;
        volumes[last] = volume;
        minutes[last] = minutesOfTrading;
        Count = last + 1;
    }

    /// <summary>Says that each candle was made of all the minutes of its timeframe.</summary>
    internal void CountMinutes(Timeframe timeframe) => minutes.AsSpan(0, Count).Fill(timeframe.Minutes);

    /// <summary>Forgets all candles and keeps the room they had.</summary>
    public void Clear() => Count = 0;

    /// <summary>A view of the whole series as it is now, without copying.</summary>
    public CandleSlice All() => new(this, 0, Count);

    /// <summary>A view of some candles in a row, without copying.</summary>
    public CandleSlice Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - start), nameof(count));
        return new CandleSlice(this, start, count);
    }

    /// <summary>Position of the first candle that opens at a moment (UTC milliseconds) or later; the count where there is none.</summary>
    public int IndexAtOrAfter(long time)
    {
        var position = Times.BinarySearch(time);
        return position < 0 ? ~position : position;
    }

    void Grow(int capacity)
    {
        Array.Resize(ref times, capacity);
        Array.Resize(ref opens, capacity);
        Array.Resize(ref highs, capacity);
        Array.Resize(ref lows, capacity);
        Array.Resize(ref closes, capacity);
        Array.Resize(ref volumes, capacity);
        Array.Resize(ref minutes, capacity);
    }
}
