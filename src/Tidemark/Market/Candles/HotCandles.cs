using System.Collections.Concurrent;

namespace Tidemark.Market.Candles;

/// <summary>
/// Series that are read often, in memory as columns. Bounded by a number of candles over all series: the least recently read series goes first,
/// and a series that would take more than a quarter of the room is read from the database every time.
/// Trusted only while news of what other processes store arrives; see <see cref="StoredCandleNews"/>.
/// </summary>
public sealed class HotCandles(long candles) : IDisposable
{
    /// <summary>52 bytes a candle.</summary>
    public const int BytesACandle = 52;

    readonly ConcurrentDictionary<SeriesKey, HotSeries> _series = new();
    long _uses;
    volatile bool _isTrusted;

    public bool IsTrusted => _isTrusted;
    public long Count => _series.Values.Sum(series => (long)series.Count);
    public long Room => candles;

    /// <summary>From here on every change is heard of; whatever was in memory may have missed some.</summary>
    public void Trust()
    {
        _series.Clear();
        _isTrusted = true;
    }

    public void Distrust()
    {
        _isTrusted = false;
        _series.Clear();
    }

    /// <summary>Everything changed at once.</summary>
    public void Forget() => _series.Clear();

    internal bool HasRoomFor(long count) => count <= candles / 4;

    internal HotSeries Of(SeriesKey key)
    {
        var series = _series.GetOrAdd(key, static _ => new HotSeries());
        series.LastUse = Interlocked.Increment(ref _uses);
        return series;
    }

    internal HotSeries? Find(SeriesKey key) => _series.GetValueOrDefault(key);

    /// <summary>Lets go of the least recently read series until the rest fits.</summary>
    internal void MakeRoom()
    {
        var excess = Count - candles;
        foreach (var (key, series) in excess <= 0 ? [] : _series.OrderBy(pair => pair.Value.LastUse).ToList())
        {
            if (excess <= 0)
            {
                return;
            }
            excess -= series.Count;
            _series.TryRemove(key, out _);
        }
    }

    public void Dispose()
    {
        foreach (var series in _series.Values)
        {
            series.Dispose();
        }
        _series.Clear();
    }
}
