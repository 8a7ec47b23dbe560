using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>The candles of all timeframes that are still open, from the closed minutes of their buckets and the minute that forms. In memory only.</summary>
public sealed class FormingCandles
{
    readonly Candle?[] _closed = new Candle?[Timeframe.Standard.Count];
    Candle? _minute;

    /// <summary>Forgets everything and takes the closed minutes of the longest open bucket.</summary>
    public void Begin(CandleSlice minutes)
    {
        Array.Clear(_closed);
        _minute = null;
        for (var i = 0; i < minutes.Count; i++)
        {
            Close(minutes[i]);
        }
    }

    /// <summary>A minute closed; it counts in every bucket it opens or continues.</summary>
    public void Close(in Candle minute)
    {
        for (var i = 1; i < _closed.Length; i++)
        {
            var timeframe = Timeframe.Standard[i];
            var bucket = timeframe.BucketOf(minute.OpenTime);
            _closed[i] = _closed[i] is { } open && open.OpenTime == bucket ? Joined(open, minute) : minute with { OpenTime = bucket };
            if (timeframe.CloseOf(bucket) == Timeframe.M1.CloseOf(minute.OpenTime))
            {
                _closed[i] = null;
            }
        }
        if (_minute is { } forming && forming.OpenTime <= minute.OpenTime)
        {
            _minute = null;
        }
    }

    /// <summary>The minute that forms stands like this now; false where it is older than what is known.</summary>
    public bool Move(in Candle minute)
    {
        if (_minute is { } known && minute.OpenTime < known.OpenTime)
        {
            return false;
        }
        _minute = minute;
        return true;
    }

    /// <summary>The open candle of a timeframe as it stands; null before its first price.</summary>
    public Candle? Of(Timeframe timeframe)
    {
        var i = 0;
        while (Timeframe.Standard[i] != timeframe)
        {
            i++;
        }
        var closed = _closed[i];
        if (_minute is not { } minute)
        {
            return closed;
        }
        var bucket = timeframe.BucketOf(minute.OpenTime);
        return closed is { } open && open.OpenTime == bucket ? Joined(open, minute) : minute with { OpenTime = bucket };
    }

    static Candle Joined(in Candle left, in Candle right) => left with
    {
        High = Math.Max(left.High, right.High),
        Low = Math.Min(left.Low, right.Low),
        Close = right.Close,
        Volume = left.Volume + right.Volume,
        Minutes = left.Minutes + right.Minutes,
    };
}
