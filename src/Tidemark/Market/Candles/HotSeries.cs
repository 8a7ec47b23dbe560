using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>
/// The newest part of one series in memory, from some moment on without an end. Readers get views that later appends do not move:
/// arrays are never grown in place, a full series is copied to a larger one.
/// </summary>
sealed class HotSeries : IDisposable
{
    const int Headroom = 512;
    readonly Lock _lock = new();
    CandleSeries? _candles;
    int _room;
    long _from;
    bool _isWhole;
    bool _isBehind;
    long _changes;

    /// <summary>One reader at a time fills the series; the others wait for what it reads.</summary>
    public SemaphoreSlim Filling { get; } = new(1);

    /// <summary>When it was last read, in steps of its keeper's counter.</summary>
    public long LastUse { get; set; }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _candles?.Count ?? 0;
            }
        }
    }

    /// <summary>The candles that open in [from, until), where memory has all of them.</summary>
    public CandleSlice? Range(long from, long until)
    {
        lock (_lock)
        {
            if (_candles is null || _isBehind || (from < _from && !_isWhole))
            {
                return null;
            }
            var start = _candles.IndexAtOrAfter(from);
            return _candles.Slice(start, Math.Max(0, _candles.IndexAtOrAfter(until) - start));
        }
    }

    /// <summary>The newest candles, where memory has that many or the whole series.</summary>
    public CandleSlice? Newest(int count)
    {
        lock (_lock)
        {
            if (_candles is null || _isBehind || (_candles.Count < count && !_isWhole))
            {
                return null;
            }
            var taken = Math.Min(count, _candles.Count);
            return _candles.Slice(_candles.Count - taken, taken);
        }
    }

    /// <summary>What a filling starts from: the number of changes so far, and the moment to read on from where only the end is missing.</summary>
    public (long Changes, long? Tail, long From) BeginFilling()
    {
        lock (_lock)
        {
            return (_changes, _candles is { Count: > 0 } ? _candles.Times[^1] + 1 : null, _candles is null ? long.MaxValue : _from);
        }
    }

    /// <summary>Takes what a filling read into columns with some room, unless the series changed meanwhile.</summary>
    public bool Fill(long changes, CandleSeries candles, int room, long from, bool isWhole)
    {
        lock (_lock)
        {
            if (changes != _changes)
            {
                return false;
            }
            (_candles, _room, _from, _isWhole, _isBehind) = (candles, Math.Max(room, candles.Count), from, isWhole, false);
            return true;
        }
    }

    /// <summary>Takes the missing end that a filling read, unless the series changed meanwhile.</summary>
    public bool FillTail(long changes, CandleSlice tail)
    {
        lock (_lock)
        {
            if (changes != _changes || _candles is null)
            {
                return false;
            }
            Append(tail);
            _isBehind = false;
            return true;
        }
    }

    /// <summary>Candles were stored, all of them new to the table.</summary>
    public void Stored(CandleSlice candles)
    {
        lock (_lock)
        {
            _changes++;
            if (_candles is null || _isBehind)
            {
                return;
            }
            if (_candles.Count > 0 && candles.Times[0] <= _candles.Times[^1])
            {
                Drop(candles.Times[0]);
                return;
            }
            Append(candles);
        }
    }

    /// <summary>The table changed from a moment on in a way that memory did not follow.</summary>
    public void Changed(long from)
    {
        lock (_lock)
        {
            _changes++;
            Drop(from);
        }
    }

    void Drop(long from)
    {
        if (_candles is { Count: > 0 } && from > _candles.Times[^1])
        {
            _isBehind = true;
        }
        else
        {
            _candles = null;
        }
    }

    void Append(CandleSlice more)
    {
        if (_candles!.Count + more.Count > _room)
        {
            _room = _candles.Count + more.Count + Math.Max(Headroom, _candles.Count / 8);
            var larger = new CandleSeries(_room);
            Copy(_candles.All(), larger);
            _candles = larger;
        }
        Copy(more, _candles);
    }

    static void Copy(CandleSlice candles, CandleSeries into)
    {
        for (var i = 0; i < candles.Count; i++)
        {
            into.Append(candles[i]);
        }
    }

    public void Dispose() => Filling.Dispose();
}
