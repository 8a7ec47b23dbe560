namespace Tidemark.Quant.Series;

/// <summary>Some candles in a row of a series, seen without copying; later appends to the series do not move it.</summary>
public readonly record struct CandleSlice
{
    static readonly CandleSeries None = new(0);

    readonly CandleSeries? held;
    readonly int start;

    internal CandleSlice(CandleSeries series, int start, int count)
    {
        held = series;
        this.start = start;
        Count = count;
    }

    CandleSeries series => held ?? None;

    /// <summary>Number of candles; none by default.</summary>
    public int Count { get; }

    /// <summary>Open times in UTC milliseconds since 1970.</summary>
    public ReadOnlySpan<long> Times => series.Times.Slice(start, Count);

    /// <summary>Open prices in the quote currency.</summary>
    public ReadOnlySpan<double> Opens => series.Opens.Slice(start, Count);

    /// <summary>High prices in the quote currency.</summary>
    public ReadOnlySpan<double> Highs => series.Highs.Slice(start, Count);

    /// <summary>Low prices in the quote currency.</summary>
    public ReadOnlySpan<double> Lows => series.Lows.Slice(start, Count);

    /// <summary>Close prices in the quote currency.</summary>
    public ReadOnlySpan<double> Closes => series.Closes.Slice(start, Count);

    /// <summary>Volumes in the base currency.</summary>
    public ReadOnlySpan<double> Volumes => series.Volumes.Slice(start, Count);

    /// <summary>Minutes of trading each candle was made from.</summary>
    public ReadOnlySpan<int> Minutes => series.Minutes.Slice(start, Count);

    /// <summary>The candle at a position, 0 being the oldest of the slice.</summary>
    public Candle this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return series[start + index];
        }
    }

    /// <summary>A part of this slice, without copying.</summary>
    public CandleSlice Slice(int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from, (uint)Count, nameof(from));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - from), nameof(count));
        return new CandleSlice(series, start + from, count);
    }
}
