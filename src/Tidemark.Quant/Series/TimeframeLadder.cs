namespace Tidemark.Quant.Series;

/// <summary>
/// All longer timeframes of one symbol from its shortest one. Each rung is fed by the longest rung below it that divides it,
/// so a minute costs one step, not one for each timeframe.
/// </summary>
public sealed class TimeframeLadder
{
    readonly Timeframe source;
    readonly Timeframe[] targets;
    readonly Aggregator[] rungs;
    readonly int[] feeders;
    readonly int[] lowest;
    readonly int[] upper;
    readonly int[] fed;
    readonly CandleSeries[] closed;
    long nextEnd = long.MaxValue;

    /// <summary>Prepares a ladder; targets are multiples of the source and are sorted, shortest first.</summary>
    public TimeframeLadder(Timeframe source, IEnumerable<Timeframe> targets, int expectedCandles = 0)
    {
        this.source = source;
        this.targets = [.. targets.Distinct().Order()];
        rungs = new Aggregator[this.targets.Length];
        feeders = new int[this.targets.Length];
        fed = new int[this.targets.Length];
        closed = new CandleSeries[this.targets.Length];
        for (var rung = 0; rung < rungs.Length; rung++)
        {
            var target = this.targets[rung];
            feeders[rung] = LongestDivisor(this.targets.AsSpan(0, rung), target);
            rungs[rung] = new Aggregator(feeders[rung] < 0 ? source : this.targets[feeders[rung]], target);
            closed[rung] = new CandleSeries(Aggregation.RoomFor(expectedCandles, source, target));
        }

        lowest = [.. Enumerable.Range(0, rungs.Length).Where(rung => feeders[rung] < 0)];
        upper = [.. Enumerable.Range(0, rungs.Length).Except(lowest)];
    }

    /// <summary>The longer timeframes, shortest first.</summary>
    public IReadOnlyList<Timeframe> Targets => targets;

    /// <summary>The closed candles of one of the targets, oldest first.</summary>
    public CandleSeries Closed(Timeframe target)
    {
        var rung = Array.IndexOf(targets, target);
        return rung >= 0 ? closed[rung] : throw new ArgumentException($"{target} is not on this ladder", nameof(target));
    }

    /// <summary>Takes the next closed source candle; every bucket that ends by its close is appended to its series.</summary>
    public void Next(in Candle candle)
    {
        var news = false;
        foreach (var rung in lowest)
        {
            var made = closed[rung];
            var before = made.Count;
            rungs[rung].Next(candle, made);
            news |= made.Count != before;
        }

        var now = source.CloseOf(candle.OpenTime);
        if (news)
        {
            Climb(now, everyRung: false);
        }

        // After missing candles a bucket may end with nothing new below it.
        if (now >= nextEnd)
        {
            Climb(now, everyRung: true);
        }
    }

    /// <summary>Appends every bucket that ends by a moment (UTC milliseconds), for when no candle has come to say so.</summary>
    public void CloseUpTo(long now)
    {
        if (now < nextEnd && !EndsByThen(now))
        {
            return;
        }

        foreach (var rung in lowest)
        {
            rungs[rung].CloseUpTo(now, closed[rung]);
        }

        Climb(now, everyRung: true);
    }

    /// <summary>Takes the next closed source candles, a slice of one series: the same buckets, rung by rung.</summary>
    public void Next(CandleSlice candles)
    {
        if (candles.Count == 0)
        {
            return;
        }

        foreach (var rung in lowest)
        {
            rungs[rung].Next(candles, closed[rung]);
        }

        Climb(source.CloseOf(candles.Times[^1]), everyRung: true);
    }

    bool EndsByThen(long now)
    {
        foreach (var rung in lowest)
        {
            if (now >= rungs[rung].OpenUntil)
            {
                return true;
            }
        }

        return false;
    }

    void Climb(long now, bool everyRung)
    {
        nextEnd = long.MaxValue;
        foreach (var rung in upper)
        {
            var below = closed[feeders[rung]];
            if (everyRung || fed[rung] != below.Count)
            {
                Feed(rung, below, now);
            }

            nextEnd = Math.Min(nextEnd, rungs[rung].OpenUntil);
        }
    }

    void Feed(int rung, CandleSeries below, long now)
    {
        if (fed[rung] < below.Count)
        {
            rungs[rung].Next(below.Slice(fed[rung], below.Count - fed[rung]), closed[rung]);
            fed[rung] = below.Count;
        }

        rungs[rung].CloseUpTo(now, closed[rung]);
    }

    static int LongestDivisor(ReadOnlySpan<Timeframe> shorter, Timeframe target)
    {
        for (var rung = shorter.Length - 1; rung >= 0; rung--)
        {
            if (target.IsMultipleOf(shorter[rung]))
            {
                return rung;
            }
        }

        return -1;
    }
}
