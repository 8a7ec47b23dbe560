using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Outcomes;

/// <summary>Carries out one plan candle by candle: which of entry, stop and target came first.</summary>
struct TradeFollower(TradePlan plan)
{
    readonly bool rising = plan.Direction == Direction.Bullish;
    readonly double target = plan.Targets[0];
    bool entered = plan.EntersAtOnce;
    double stoppedAt;

    /// <summary>Target or stop once either was reached, open while the trade runs, not entered before.</summary>
    public TradeResult Result { get; private set; } = plan.EntersAtOnce ? TradeResult.Open : TradeResult.NotEntered;

    /// <summary>Whether stop and target fell in one candle and the stop was assumed first.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>Whether target or stop was reached.</summary>
    public readonly bool IsDecided => Result is TradeResult.Target or TradeResult.Stop;

    /// <summary>Nothing happens while lows stay above this price and highs below the next one; in the quote currency.</summary>
    public readonly double WakesBelow => IsDecided ? double.NegativeInfinity : entered ? (rising ? plan.Stop : target) : rising ? plan.Entry : double.NegativeInfinity;

    /// <summary>The price above which something may happen, in the quote currency.</summary>
    public readonly double WakesAbove => IsDecided ? double.PositiveInfinity : entered ? (rising ? target : plan.Stop) : rising ? double.PositiveInfinity : plan.Entry;

    /// <summary>Takes the next candle; candles of a shorter timeframe within it, where there are any that show all its prices, go in its place.</summary>
    public void Next(in Candle candle, CandleSlice finer, bool mayEnter)
    {
        if (!Matters(candle, mayEnter))
        {
            return;
        }

        if (!Show(finer, candle))
        {
            Next(candle, mayEnter);
            return;
        }

        for (var i = 0; i < finer.Count && !IsDecided; i++)
        {
            Next(finer[i], mayEnter);
        }
    }

    /// <summary>Takes the next candle, whose inner order of prices is unknown.</summary>
    public void Next(in Candle candle, bool mayEnter)
    {
        if (IsDecided)
        {
            return;
        }

        // Price on its way to the stop passes the entry, so a stop in the candle of entry counts; a target there may have come before the entry and does not.
        var entersHere = !entered && mayEnter && IsEntered(candle);
        entered |= entersHere;
        if (!entered)
        {
            return;
        }

        var reached = IsReached(candle);
        if (IsStopped(candle))
        {
            // Whoever held the position when price jumped over the stop got the price it jumped to.
            var jumped = !entersHere && (rising ? candle.Open < plan.Stop : candle.Open > plan.Stop);
            (Result, IsAmbiguous, stoppedAt) = (TradeResult.Stop, reached && !jumped, jumped ? candle.Open : plan.Stop);
            return;
        }

        Result = reached && !entersHere ? TradeResult.Target : TradeResult.Open;
    }

    /// <summary>The outcome of a pattern whose trade ends here; one that still runs is closed at a price. The cost is a fraction of the price, for each of the two sides.</summary>
    public readonly PatternOutcome Close(PatternOutcome outcome, double lastPrice, double costPerSide)
    {
        if (Result == TradeResult.NotEntered)
        {
            return outcome;
        }

        var exit = Result switch
        {
            TradeResult.Target => target,
            TradeResult.Stop => stoppedAt,
            _ => lastPrice,
        };
        var cost = costPerSide * (plan.Entry + exit) / plan.Risk;
        return outcome with { Result = Result, RiskMultiple = plan.RiskMultipleOf(exit) - cost, IsAmbiguous = IsAmbiguous };
    }

    readonly bool Matters(in Candle candle, bool mayEnter) =>
        !IsDecided && (entered ? IsStopped(candle) || IsReached(candle) : mayEnter && IsEntered(candle));

    static bool Show(CandleSlice finer, in Candle candle)
    {
        var (high, low) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < finer.Count; i++)
        {
            high = Math.Max(high, finer.Highs[i]);
            low = Math.Min(low, finer.Lows[i]);
        }

        return high >= candle.High && low <= candle.Low;
    }

    readonly bool IsEntered(in Candle candle) => rising ? candle.Low <= plan.Entry : candle.High >= plan.Entry;

    readonly bool IsStopped(in Candle candle) => rising ? candle.Low <= plan.Stop : candle.High >= plan.Stop;

    readonly bool IsReached(in Candle candle) => rising ? candle.High >= target : candle.Low <= target;
}
