namespace Tidemark.Quant.Series;

/// <summary>
/// Makes candles of a longer timeframe from closed candles of a shorter one, one at a time.
/// A bucket is handed out once its end has come, with the minutes it really had; an empty bucket is absent.
/// </summary>
public sealed class Aggregator
{
    readonly long sourceLength;
    long bucketEnd = long.MinValue;
    long lastTime = long.MinValue;
    bool open;
    long bucketStart;
    double openPrice;
    double high;
    double low;
    double close;
    double volume;
    int tradedMinutes;

    /// <summary>Prepares aggregation from one timeframe to a multiple of it.</summary>
    public Aggregator(Timeframe source, Timeframe target)
    {
        if (target <= source || !target.IsMultipleOf(source))
        {
            throw new ArgumentException($"{target} candles cannot be made of {source} candles", nameof(target));
        }

        Target = target;
        sourceLength = source.Milliseconds;
    }

    /// <summary>The timeframe of the candles made.</summary>
    public Timeframe Target { get; }

    /// <summary>When the bucket in the making ends, in UTC milliseconds; the end of time while there is none.</summary>
    internal long OpenUntil => open ? bucketEnd : long.MaxValue;

    /// <summary>Takes the next closed source candle and appends to the result the buckets that its close completes.</summary>
    public void Next(in Candle candle, CandleSeries closed)
    {
        var (time, first, highest, lowest, last, traded, minutes) = candle;
        Next(new(in time), new(in first), new(in highest), new(in lowest), new(in last), new(in traded), new(in minutes), closed);
    }

    /// <summary>Takes the next closed source candles, a slice of one series, in order.</summary>
    public void Next(CandleSlice candles, CandleSeries closed) =>
        Next(candles.Times, candles.Opens, candles.Highs, candles.Lows, candles.Closes, candles.Volumes, candles.Minutes, closed);

    /// <summary>Appends the bucket in the making to the result if its end has come at a moment given in UTC milliseconds.</summary>
    public void CloseUpTo(long now, CandleSeries closed)
    {
        if (bucketEnd <= now)
        {
            Close(closed);
        }
    }

    void Next(
        ReadOnlySpan<long> times,
        ReadOnlySpan<double> opens,
        ReadOnlySpan<double> highs,
        ReadOnlySpan<double> lows,
        ReadOnlySpan<double> closes,
        ReadOnlySpan<double> volumes,
        ReadOnlySpan<int> minutes,
        CandleSeries closed)
    {
        for (var i = 0; i < times.Length;)
        {
            if (times[i] >= bucketEnd)
            {
                Close(closed);
                Open(times[i], opens[i]);
            }

            var end = EndOfBucket(times, i);
            Extend(highs[i..end], lows[i..end], volumes[i..end], minutes[i..end]);
            close = closes[end - 1];
            CloseUpTo(lastTime + sourceLength, closed);
            i = end;
        }
    }

    void Open(long time, double price)
    {
        bucketStart = Target.BucketOf(time);
        bucketEnd = bucketStart + Target.Milliseconds;
        open = true;
        openPrice = price;
        (high, low, volume, tradedMinutes) = (double.NegativeInfinity, double.PositiveInfinity, 0, 0);
    }

    /// <summary>The position after the last candle of the open bucket; the times must go up.</summary>
    int EndOfBucket(ReadOnlySpan<long> times, int start)
    {
        var end = start;
        for (; end < times.Length && times[end] < bucketEnd; end++)
        {
            if (times[end] <= lastTime)
            {
                throw new ArgumentException($"A candle at {times[end]} cannot follow one at {lastTime}", nameof(times));
            }

            lastTime = times[end];
        }

        return end;
    }

    void Extend(ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> volumes, ReadOnlySpan<int> minutes)
    {
        var (highest, lowest, traded, count) = (high, low, volume, tradedMinutes);
        for (var i = 0; i < highs.Length; i++)
        {
            highest = highs[i] > highest ? highs[i] : highest;
            lowest = lows[i] < lowest ? lows[i] : lowest;
            traded += volumes[i];
            count += minutes[i];
        }

        (high, low, volume, tradedMinutes) = (highest, lowest, traded, count);
    }

    void Close(CandleSeries closed)
    {
        if (open)
        {
            closed.Append(bucketStart, openPrice, high, low, close, volume, tradedMinutes);
            open = false;
        }
    }
}
