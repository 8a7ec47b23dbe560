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
    Candle bucket;

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

    /// <summary>Takes the next closed source candle and appends to the result the buckets that its close completes.</summary>
    public void Next(in Candle candle, CandleSeries closed)
    {
        if (candle.OpenTime <= lastTime)
        {
            throw new ArgumentException($"A candle at {candle.OpenTime} cannot follow one at {lastTime}", nameof(candle));
        }

        lastTime = candle.OpenTime;
        if (candle.OpenTime >= bucketEnd)
        {
            Close(closed);
            Open(candle);
        }
        else
        {
            Extend(candle);
        }

        CloseUpTo(candle.OpenTime + sourceLength, closed);
    }

    /// <summary>Appends the bucket in the making to the result if its end has come at a moment given in UTC milliseconds.</summary>
    public void CloseUpTo(long now, CandleSeries closed)
    {
        if (bucketEnd <= now)
        {
            Close(closed);
        }
    }

    void Open(in Candle first)
    {
        var start = Target.BucketOf(first.OpenTime);
        bucket = first with { OpenTime = start };
        bucketEnd = start + Target.Milliseconds;
        open = true;
    }

    void Extend(in Candle next) =>
        bucket = new Candle(
            bucket.OpenTime,
            bucket.Open,
            next.High > bucket.High ? next.High : bucket.High,
            next.Low < bucket.Low ? next.Low : bucket.Low,
            next.Close,
            bucket.Volume + next.Volume,
            bucket.Minutes + next.Minutes);

    void Close(CandleSeries closed)
    {
        if (open)
        {
            closed.Append(bucket);
            open = false;
        }
    }
}
