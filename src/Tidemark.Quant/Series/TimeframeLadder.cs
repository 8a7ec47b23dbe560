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
    readonly int[] consumed;
    readonly CandleSeries[] closed;

    /// <summary>Prepares a ladder; targets are multiples of the source and are sorted, shortest first.</summary>
    public TimeframeLadder(Timeframe source, IEnumerable<Timeframe> targets, int expectedCandles = 0)
    {
        this.source = source;
        this.targets = [.. targets.Distinct().Order()];
        rungs = new Aggregator[this.targets.Length];
        feeders = new int[this.targets.Length];
        consumed = new int[this.targets.Length];
        closed = new CandleSeries[this.targets.Length];
        for (var rung = 0; rung < rungs.Length; rung++)
        {
            var target = this.targets[rung];
            feeders[rung] = LongestDivisor(this.targets.AsSpan(0, rung), target);
            rungs[rung] = new Aggregator(feeders[rung] < 0 ? source : this.targets[feeders[rung]], target);
            closed[rung] = new CandleSeries(Aggregation.RoomFor(expectedCandles, source, target));
        }
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
        var now = source.CloseOf(candle.OpenTime);
        for (var rung = 0; rung < rungs.Length; rung++)
        {
            Climb(rung, candle, now);
        }
    }

    void Climb(int rung, in Candle candle, long now)
    {
        var feeder = feeders[rung];
        if (feeder < 0)
        {
            rungs[rung].Next(candle, closed[rung]);
            return;
        }

        var below = closed[feeder];
        for (var fresh = consumed[rung]; fresh < below.Count; fresh++)
        {
            rungs[rung].Next(below[fresh], closed[rung]);
        }

        consumed[rung] = below.Count;
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
