using Tidemark.Alerts.Kinds;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Judging;

/// <summary>
/// The price alerts of one symbol. Those that tell while the price is beyond their threshold stand on two ladders, one a side; those that wait for
/// the price to pass theirs stand on a third, of which a tick concerns what lies between the price before and its own range. Who rests sleeps outside,
/// so that a tick at which nothing happens compares four numbers. No clock, no input or output.
/// </summary>
public sealed class PriceBook
{
    readonly Ladder _above = new(), _below = new(), _crossings = new();
    readonly HashSet<WatchedAlert> _awake = [];
    readonly PriorityQueue<WatchedAlert, long> _asleep = new();
    readonly HashSet<WatchedAlert> _all = [];
    readonly List<WatchedAlert> _candidates = [];
    double _last = double.NaN, _closed = double.NaN;
    long _tickedAt = long.MinValue;
    double _crossingBelow = double.NegativeInfinity, _crossingAbove = double.PositiveInfinity;

    public int Count => _all.Count;

    public IEnumerable<WatchedAlert> Alerts => _all;

    /// <summary>The last tick's price; not a number before the first.</summary>
    public double Last => _last;

    public void Add(WatchedAlert alert)
    {
        if (_all.Add(alert))
        {
            Wake(alert);
        }
    }

    public void Remove(WatchedAlert alert)
    {
        // One that sleeps is passed over when its time comes.
        if (_all.Remove(alert))
        {
            Unhang(alert);
        }
    }

    /// <summary>Crossings count from this price on, as long as no later one is known.</summary>
    public void Begin(double close)
    {
        _closed = close;
        if (double.IsNaN(_last))
        {
            _last = close;
            FindCrossings();
        }
    }

    /// <summary>Takes a tick: the last price, and the lowest and highest since the one before it, at a moment of the exchange.</summary>
    public void Tick(double price, double low, double high, long at, List<Due> due)
    {
        if (_asleep.TryPeek(out _, out var first) && first <= at)
        {
            WakeAll(at);
        }
        if (-high < _above.Top || low < _below.Top || low <= _crossingBelow || high >= _crossingAbove || double.IsNaN(_last))
        {
            Judge(price, low, high, at, due);
        }
        (_last, _tickedAt) = (price, at);
    }

    void Judge(double price, double low, double high, long at, List<Due> due)
    {
        var before = double.IsNaN(_last) ? price : _last;
        _candidates.Clear();
        _above.TakeAbove(-high, _candidates);
        _below.TakeAbove(low, _candidates);
        var taken = _candidates.Count;
        _crossings.Between(Math.Min(before, low), Math.Max(before, high), _candidates);
        for (var i = 0; i < _candidates.Count; i++)
        {
            var alert = _candidates[i];
            if (i >= taken && !Passing.Of(alert.Terms, before, low, high, price))
            {
                continue;
            }
            if (at >= alert.ArmedAt && alert.MayTell(at))
            {
                Unhang(alert);
                Tell(alert, at, Timeframe.M1.BucketOf(at), Fulfilling(alert.Terms, price, low, high), due);
                Wake(alert, at);
            }
            else if (i < taken)
            {
                // Its time may be over; the minute before this tick may still be its, and lays it to sleep.
                Hang(alert);
            }
        }
        _last = price;
        FindCrossings();
    }

    /// <summary>
    /// Takes a closed minute, for whatever its ticks did not tell here. An alert that was not armed when it opened is judged by its close alone:
    /// when in the minute its extremes were is not known.
    /// </summary>
    public void Minute(in Candle minute, List<Due> due)
    {
        var (opened, closes) = (minute.OpenTime, Timeframe.M1.CloseOf(minute.OpenTime));
        if (_asleep.TryPeek(out _, out var first) && first < closes)
        {
            WakeAll(closes - 1);
        }
        var before = double.IsNaN(_closed) ? minute.Open : _closed;
        _closed = minute.Close;
        _candidates.Clear();
        _above.Between(-minute.High, double.PositiveInfinity, _candidates);
        _below.Between(minute.Low, double.PositiveInfinity, _candidates);
        _crossings.Between(Math.Min(before, minute.Low), Math.Max(before, minute.High), _candidates);
        for (var i = 0; i < _candidates.Count; i++)
        {
            var alert = _candidates[i];
            var isWhole = opened >= alert.ArmedAt;
            if (closes > alert.ArmedAt && alert.MayTell(opened) && (isWhole ? Holds(alert, before, minute) : Holds(alert, minute.Close, new Candle(opened, minute.Close, minute.Close, minute.Close, minute.Close, 0))))
            {
                Unhang(alert);
                Tell(alert, closes, opened, isWhole ? Fulfilling(alert.Terms, minute.Close, minute.Low, minute.High) : minute.Close, due);
                Wake(alert, closes);
            }
            else if (!alert.MayTell(closes))
            {
                Unhang(alert);
                Wake(alert, closes);
            }
        }
        if (_tickedAt < closes)
        {
            _last = minute.Close;
        }
        FindCrossings();
    }

    static bool Holds(WatchedAlert alert, double before, in Candle minute) => alert.NeedsEdge
        ? Passing.Of(alert.Terms, before, minute)
        : IsUp(alert.Terms) ? minute.High > alert.Terms.Threshold : minute.Low < alert.Terms.Threshold;

    static void Tell(WatchedAlert alert, long at, long bar, double price, List<Due> due)
    {
        alert.Tell(at, bar);
        due.Add(new Due(alert, alert.Triggers, at, bar, price, null));
    }

    /// <summary>A price of the range that fulfils the condition: the last where it does.</summary>
    static double Fulfilling(AlertTerms terms, double price, double low, double high) => terms.Condition switch
    {
        AlertCondition.PriceAbove or AlertCondition.PriceCrossesAbove => price > terms.Threshold ? price : high,
        AlertCondition.PriceBelow or AlertCondition.PriceCrossesBelow => price < terms.Threshold ? price : low,
        _ => price,
    };

    static bool IsUp(AlertTerms terms) => terms.Condition is AlertCondition.PriceAbove or AlertCondition.PriceCrossesAbove;

    /// <summary>Hangs the alert up where it can be found, or lays it to sleep until it may tell.</summary>
    void Wake(WatchedAlert alert, long at = long.MinValue)
    {
        var from = at == long.MinValue ? alert.RestsUntil : alert.MayTellFrom(at);
        if (from == FiringRule.Never || !_all.Contains(alert))
        {
            return;
        }
        if (from > at)
        {
            _asleep.Enqueue(alert, from);
        }
        else if (_awake.Add(alert))
        {
            Hang(alert);
        }
    }

    void WakeAll(long at)
    {
        while (_asleep.TryPeek(out var alert, out var from) && from <= at)
        {
            _asleep.Dequeue();
            if (_all.Contains(alert) && alert.RestsUntil <= at && _awake.Add(alert))
            {
                // Should its time be over by now, the minute that closed before may still be its.
                Hang(alert);
            }
        }
        FindCrossings();
    }

    void Hang(WatchedAlert alert)
    {
        if (alert.NeedsEdge)
        {
            _crossings.Add(alert.Terms.Threshold, alert);
            FindCrossings();
        }
        else if (IsUp(alert.Terms))
        {
            _above.Add(-alert.Terms.Threshold, alert);
        }
        else
        {
            _below.Add(alert.Terms.Threshold, alert);
        }
    }

    void Unhang(WatchedAlert alert)
    {
        if (!_awake.Remove(alert))
        {
            return;
        }
        if (!_crossings.Remove(alert.Terms.Threshold, alert) && !_above.Remove(-alert.Terms.Threshold, alert))
        {
            _below.Remove(alert.Terms.Threshold, alert);
        }
    }

    void FindCrossings()
    {
        (_crossingBelow, _crossingAbove) = _crossings.Count == 0 ? (double.NegativeInfinity, double.PositiveInfinity) : _crossings.Around(_last);
        if (_crossingAbove == _last)
        {
            // The price stands on a threshold: any move may pass it.
            _crossingBelow = double.PositiveInfinity;
        }
    }
}
