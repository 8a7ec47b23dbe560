namespace Tidemark.Alerts.Judging;

/// <summary>
/// Watched alerts in the order of a key, two arrays side by side. Asking whether anything lies beyond a limit looks at one number;
/// what does is taken off the end.
/// </summary>
sealed class Ladder
{
    double[] _keys = new double[16];
    WatchedAlert[] _alerts = new WatchedAlert[16];

    public int Count { get; private set; }

    /// <summary>The highest key; below everything where there is none.</summary>
    public double Top => Count == 0 ? double.NegativeInfinity : _keys[Count - 1];

    public void Add(double key, WatchedAlert alert)
    {
        var place = PlaceOf(key, alert.Id);
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
            Array.Resize(ref _alerts, Count * 2);
        }
        Array.Copy(_keys, place, _keys, place + 1, Count - place);
        Array.Copy(_alerts, place, _alerts, place + 1, Count - place);
        (_keys[place], _alerts[place]) = (key, alert);
        Count++;
    }

    public bool Remove(double key, WatchedAlert alert)
    {
        var place = PlaceOf(key, alert.Id);
        if (place == Count || _alerts[place] != alert)
        {
            return false;
        }
        Count--;
        Array.Copy(_keys, place + 1, _keys, place, Count - place);
        Array.Copy(_alerts, place + 1, _alerts, place, Count - place);
        _alerts[Count] = null!;
        return true;
    }

    /// <summary>Takes away all whose key is above the limit, the highest first.</summary>
    public void TakeAbove(double limit, List<WatchedAlert> into)
    {
        while (Count > 0 && _keys[Count - 1] > limit)
        {
            Count--;
            into.Add(_alerts[Count]);
            _alerts[Count] = null!;
        }
    }

    /// <summary>Names all whose key lies in [from, until]; they stay.</summary>
    public void Between(double from, double until, List<WatchedAlert> into)
    {
        for (var place = PlaceOf(from, long.MinValue); place < Count && _keys[place] <= until; place++)
        {
            into.Add(_alerts[place]);
        }
    }

    /// <summary>The nearest key at or above a price, and the nearest below it.</summary>
    public (double Below, double Above) Around(double price)
    {
        var place = PlaceOf(price, long.MinValue);
        return (place > 0 ? _keys[place - 1] : double.NegativeInfinity, place < Count ? _keys[place] : double.PositiveInfinity);
    }

    /// <summary>Where the key of an alert stands or would stand: equal keys in the order of ids, so that one among thousands at a round price is found at once.</summary>
    int PlaceOf(double key, long id)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var compared = _keys[middle].CompareTo(key);
            if (compared < 0 || (compared == 0 && _alerts[middle].Id < id))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
