namespace Tidemark.Simulator.Markets;

/// <summary>One symbol as its exchange shows it at a moment: bars that are still forming, last trades, best prices. Moments are UTC milliseconds.</summary>
public sealed class SymbolMarket(ITape tape)
{
    const long Minute = 60_000;
    const long Day = 86_400_000;
    const int MinutesKept = 8;

    readonly Dictionary<long, IReadOnlyList<AggregateTrade>> recent = [];
    readonly Queue<long> oldest = new();
    readonly Dictionary<long, Bar?> days = [];
    readonly Lock gate = new();

    public Instrument Instrument => tape.Instrument;

    public ITape Tape => tape;

    public long FirstTime => tape.FirstMinute * Minute;

    /// <summary>The last millisecond there is.</summary>
    public long LastTime => tape.EndMinute > long.MaxValue / Minute ? long.MaxValue : (tape.EndMinute * Minute) - 1;

    /// <summary>The bar of an interval as it stands at a moment; null where nothing of it was traded.</summary>
    public Bar? BarAt(Interval interval, long openTime, long now, long zone = 0)
    {
        var end = Math.Min(interval.Next(openTime, zone), now + 1);
        return interval.Length == 0 || (interval.Length >= Day && zone % Day == 0) ? OfDays(openTime, end) : OfMinutes(openTime, end);
    }

    /// <summary>Everything traded from a moment up to and without another, as one bar; null where nothing was.</summary>
    public Bar? Between(long from, long to) => OfMinutes(from, to);

    /// <summary>The bar an exchange shows: a quiet time is flat at the price before it, a hole in a recording is no bar.</summary>
    public Bar? Shown(Interval interval, long openTime, long now, long zone = 0)
    {
        if (BarAt(interval, openTime, now, zone) is { } bar)
        {
            return bar;
        }

        var isHole = interval.Length >= Minute && !HasAny(openTime, Math.Min(interval.Next(openTime, zone), now + 1));
        return isHole || LastTrade(openTime - 1) is not { } before ? null : Bar.Flat(openTime, before.Price);
    }

    /// <summary>The newest trade at a moment; null before the first.</summary>
    public AggregateTrade? LastTrade(long now)
    {
        var last = Math.Min(now / Minute, tape.EndMinute - 1);
        for (var minute = last; minute >= tape.FirstMinute; minute--)
        {
            var trades = tape.Has(minute) ? TradesOf(minute) : [];
            for (var i = trades.Count - 1; i >= 0; i--)
            {
                if (trades[i].Time <= now)
                {
                    return trades[i];
                }
            }
        }

        return null;
    }

    /// <summary>Trades from a moment up to and with another, oldest first.</summary>
    public IEnumerable<AggregateTrade> Trades(long from, long to)
    {
        var last = Math.Min(to / Minute, tape.EndMinute - 1);
        for (var minute = Math.Max(from / Minute, tape.FirstMinute); minute <= last; minute++)
        {
            foreach (var trade in tape.Has(minute) ? TradesOf(minute) : [])
            {
                if (trade.Time >= from && trade.Time <= to)
                {
                    yield return trade;
                }
            }
        }
    }

    /// <summary>The newest trades at a moment, newest first.</summary>
    public IEnumerable<AggregateTrade> TradesBackFrom(long now)
    {
        for (var minute = Math.Min(now / Minute, tape.EndMinute - 1); minute >= tape.FirstMinute; minute--)
        {
            var trades = tape.Has(minute) ? TradesOf(minute) : [];
            for (var i = trades.Count - 1; i >= 0; i--)
            {
                if (trades[i].Time <= now)
                {
                    yield return trades[i];
                }
            }
        }
    }

    bool HasAny(long from, long end)
    {
        for (var minute = from / Minute; minute * Minute < end; minute++)
        {
            if (minute < tape.EndMinute && tape.Has(minute))
            {
                return true;
            }
        }

        return false;
    }

    Bar? OfDays(long from, long end)
    {
        Bar? sum = null;
        for (var day = from / Day; day * Day < end; day++)
        {
            sum = Add(sum, (day + 1) * Day <= end ? WholeDay(day) : OfMinutes(day * Day, end));
        }

        return sum is { } bar ? bar with { OpenTime = from } : null;
    }

    Bar? WholeDay(long day)
    {
        lock (gate)
        {
            if (!days.TryGetValue(day, out var bar))
            {
                days[day] = bar = OfMinutes(day * Day, (day + 1) * Day);
            }

            return bar;
        }
    }

    Bar? OfMinutes(long from, long end)
    {
        Bar? sum = null;
        var last = Math.Min((end - 1) / Minute, tape.EndMinute - 1);
        for (var minute = Math.Max(from / Minute, tape.FirstMinute); minute <= last; minute++)
        {
            if (!tape.Has(minute))
            {
                continue;
            }

            var isWhole = from <= minute * Minute && end >= (minute + 1) * Minute;
            sum = Add(sum, isWhole ? tape.Minute(minute) : OfTrades(minute, from, end));
        }

        return sum is { } bar ? bar with { OpenTime = from } : null;
    }

    Bar? OfTrades(long minute, long from, long end)
    {
        Bar? sum = null;
        foreach (var trade in TradesOf(minute))
        {
            if (trade.Time >= from && trade.Time < end)
            {
                sum = Add(sum, Bar.Of(trade, from));
            }
        }

        return sum;
    }

    IReadOnlyList<AggregateTrade> TradesOf(long minute)
    {
        lock (gate)
        {
            if (recent.TryGetValue(minute, out var known))
            {
                return known;
            }

            if (recent.Count == MinutesKept)
            {
                recent.Remove(oldest.Dequeue());
            }

            oldest.Enqueue(minute);
            return recent[minute] = tape.Trades(minute);
        }
    }

    static Bar? Add(Bar? sum, Bar? next) => (sum, next) switch
    {
        ({ } one, { } other) => one.Join(other),
        (null, _) => next,
        _ => sum,
    };
}
