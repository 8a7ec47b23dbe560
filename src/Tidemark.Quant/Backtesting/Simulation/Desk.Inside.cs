using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>What happens inside a bar: stops, targets, orders that wait for their price.</summary>
sealed partial class Desk
{
    int firstMinute;

    /// <summary>Lives a bar after its open; where finer candles show all of it, they go in its place.</summary>
    public void Live(in Candle bar, int index)
    {
        if (!position.IsOpen && orders.Count == 0)
        {
            return;
        }

        if (!position.Trails && orders.Count == 0 && bar.Low > WakesBelow && bar.High < WakesAbove)
        {
            return;
        }

        var finer = Inside(bar);
        if (finer.Count == 0)
        {
            LiveCandle(bar, bar, index);
            return;
        }

        for (var i = 0; i < finer.Count && (position.IsOpen || orders.Count > 0); i++)
        {
            LiveCandle(finer[i], bar, index);
        }
    }

    /// <summary>The finer candles inside a bar, none where they do not show its highest and lowest price or miss some of its minutes: they would tell a part for the whole.</summary>
    CandleSlice Inside(in Candle bar)
    {
        if (minutes.Count == 0)
        {
            return default;
        }

        var times = minutes.Times;
        firstMinute += FirstAtOrAfter(times[firstMinute..], bar.OpenTime);
        var count = FirstAtOrAfter(times[firstMinute..], bar.OpenTime + barLength);
        var finer = minutes.Slice(firstMinute, count);
        var (high, low, traded) = (double.NegativeInfinity, double.PositiveInfinity, 0L);
        for (var i = 0; i < count; i++)
        {
            high = Math.Max(high, finer.Highs[i]);
            low = Math.Min(low, finer.Lows[i]);
            traded += finer.Minutes[i];
        }

        return high >= bar.High && low <= bar.Low && traded >= bar.Minutes ? finer : default;
    }

    static int FirstAtOrAfter(ReadOnlySpan<long> times, long moment)
    {
        var place = times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }

    void LiveCandle(in Candle candle, in Candle bar, int index)
    {
        if (position.IsOpen)
        {
            Protect(candle, FillMoment.Open, bar, index);
        }

        var since = EnterInside(candle, bar, index) ?? FillMoment.Open;
        if (position.IsOpen && position.Trails)
        {
            Trail(candle, since, bar, index);
        }
    }

    /// <summary>
    /// Moves the stop that follows to the best price that surely came after a moment of a candle: after an entry on the way back that is only the close.
    /// Where the candle closes beyond the stop's new place, the price has crossed it on the way from its best.
    /// </summary>
    void Trail(in Candle candle, FillMoment since, in Candle bar, int index)
    {
        position.Follow(since == FillMoment.Returning ? candle.Close : position.Side == Side.Long ? candle.High : candle.Low);
        var (stop, isTrailing) = position.EffectiveStop;
        if (isTrailing && !isLeaving && (stop - candle.Close) * (int)position.Side >= 0)
        {
            Reduce(position.Quantity, stop, isMaker: false, bar, index, ExitReason.Trailing, isAmbiguous: false, mustGo: true);
        }
    }

    /// <summary>
    /// Stops, liquidation and targets in what follows a moment of a candle. After an entry on the way back its target may have come before it and does not count;
    /// after one on the way forward its stop may have come before it and counts as unclear.
    /// </summary>
    void Protect(in Candle candle, FillMoment since, in Candle bar, int index)
    {
        var side = position.Side;
        var (stop, isTrailing) = position.EffectiveStop;
        var liquidation = LiquidationPrice;
        var isForced = Nearer(stop, liquidation, (int)side) is var level && level == liquidation && level != stop;
        var isStopped = side == Side.Long ? candle.Low <= level : candle.High >= level;
        var isReached = since != FillMoment.Returning && IsReached(candle, side);
        var opensBeyondTarget = since == FillMoment.Open && (candle.Open - position.Target) * (int)side >= 0;
        var opensBeyondStop = since == FillMoment.Open && (level - candle.Open) * (int)side >= 0;
        if (isStopped && !(opensBeyondTarget && !opensBeyondStop && settings.StopPrecedence == StopPrecedence.WhenUnclear))
        {
            var isUnclear = !opensBeyondStop && (isReached || since == FillMoment.Advancing);
            var reason = isForced ? ExitReason.Liquidation : isTrailing ? ExitReason.Trailing : ExitReason.Stop;
            if (isForced)
            {
                account.MarkLiquidated();
                orders.Clear();
            }

            Reduce(position.Quantity, opensBeyondStop ? candle.Open : level, isMaker: false, bar, index, reason, isUnclear, mustGo: true);
            return;
        }

        while (position.IsOpen && isReached)
        {
            var price = opensBeyondTarget && (candle.Open - position.Target) * (int)side >= 0 ? candle.Open : position.Target;
            var wanted = position.IsLastTarget ? position.Quantity : Math.Min(position.PartLeft, position.Quantity);

            // A target that the open was beyond when it was set takes what is there, as an order at the market does.
            var isMaker = !(opensBeyondTarget && position.TargetSince == index && candle.OpenTime == bar.OpenTime);
            var sold = Reduce(wanted, price, isMaker, bar, index, ExitReason.Target, isAmbiguous: false, mustGo: false, position.Target);
            if (!position.IsOpen || position.IsLastTarget)
            {
                break;
            }

            if (sold < wanted)
            {
                position.PartLeft -= sold;
                break;
            }

            position.NextTarget();
            isReached = IsReached(candle, side);
        }

        if (isStopped && position.IsOpen)
        {
            // The open was beyond the first target; what it left over meets the stop later in the same candle.
            Protect(candle, FillMoment.Returning, bar, index);
        }
    }

    bool IsReached(in Candle candle, Side side) => side == Side.Long ? candle.High >= position.Target : candle.Low <= position.Target;

    /// <summary>Fills the orders that a candle reaches, the one nearest to its open first; says when the position was entered, where it was.</summary>
    FillMoment? EnterInside(in Candle candle, in Candle bar, int index)
    {
        var entered = (FillMoment?)null;
        for (var left = orders.Count; left > 0; left--)
        {
            var place = Nearest(candle, bar, index, out var fill, out var isUnclear);
            if (place < 0)
            {
                break;
            }

            var held = position.Side;
            Enter(place, fill, bar, index);
            if (position.IsOpen && position.Side != held)
            {
                entered = fill.Moment;
                if (isUnclear)
                {
                    account.CountAmbiguous();
                }

                Protect(candle, fill.Moment, bar, index);
            }
        }

        for (var i = 0; i < orders.Count; i++)
        {
            if (orders[i].Wakes(candle))
            {
                var order = orders[i];
                order.IsAwake = true;
                orders[i] = order;
            }
        }

        return entered;
    }

    int Nearest(in Candle candle, in Candle bar, int index, out Fill fill, out bool isUnclear)
    {
        var (nearest, distance, inside) = (-1, double.PositiveInfinity, 0);
        fill = default;
        var opensBar = candle.OpenTime == bar.OpenTime;
        for (var i = 0; i < orders.Count; i++)
        {
            if (orders[i].Ticket.Kind == OrderKind.Market || orders[i].PlacedAt >= index || orders[i].In(candle, opensBar && orders[i].PlacedAt == index - 1) is not { } offered)
            {
                continue;
            }

            inside += offered.Moment == FillMoment.Open ? 0 : 1;
            var far = offered.Moment == FillMoment.Open ? -1 : Math.Abs(offered.Price - candle.Open);
            if (far < distance)
            {
                (nearest, distance, fill) = (i, far, offered);
            }
        }

        isUnclear = inside > 1 && fill.Moment != FillMoment.Open;
        return nearest;
    }
}
