using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>What the desk makes of a strategy's wishes.</summary>
sealed partial class Desk
{
    /// <summary>Takes what a strategy wants at the close of a bar; it goes to work at the next open.</summary>
    public void Take(in OrderPad pad, in Candle bar, int index)
    {
        if (pad.Cancels)
        {
            orders.Clear();
        }

        if (pad.Exits && position.IsOpen && !isLeaving)
        {
            (isLeaving, leavingBecause) = (true, ExitReason.Signal);
        }

        if (position.IsOpen)
        {
            position.Stop = pad.NewStop is { } stop ? prices.OnTick(stop) : position.Stop;
            if (pad.NewTarget is { } target)
            {
                (position.Target, position.TargetSince) = (prices.OnTick(target), index + 1);
            }
        }

        for (var i = 0; i < pad.Count; i++)
        {
            Place(pad[i], bar, index);
        }
    }

    void Place(in OrderTicket wanted, in Candle bar, int index)
    {
        if (!directions.Allow(wanted.Side))
        {
            Reject(index, bar.OpenTime, Rejection.SideNotAllowed);
            return;
        }

        if (wanted.Side == position.Side && !isLeaving)
        {
            Reject(index, bar.OpenTime, Rejection.AlreadyIn);
            return;
        }

        var ticket = Complete(wanted, bar.Close);
        if (!HasGoodPrices(ticket))
        {
            Reject(index, bar.OpenTime, Rejection.BadPrice);
            return;
        }

        // An older order at the market that could not be filled to the end gives way.
        orders.RemoveAll(static order => order.Ticket.Kind == OrderKind.Market);
        if (orders.Count == MostOrders)
        {
            Reject(index, bar.OpenTime, Rejection.TooManyOrders);
            return;
        }

        orders.Add(new WaitingOrder { Ticket = ticket, Number = placed++, PlacedAt = index, Remaining = double.NaN });
    }

    const int MostOrders = 16;

    /// <summary>The order with the settings' stop and target where it has none of its own; they lie a fraction from the close that decided it.</summary>
    OrderTicket Complete(in OrderTicket wanted, double close)
    {
        var side = (int)wanted.Side;
        var reference = wanted.Kind switch
        {
            OrderKind.Market => close,
            OrderKind.Stop => wanted.StopPrice,
            _ => wanted.LimitPrice,
        };
        var stop = double.IsNaN(wanted.ProtectiveStop) && settings.StopFraction is { } risk ? reference * (1 - (side * risk)) : wanted.ProtectiveStop;
        var target = double.IsNaN(wanted.Target) && settings.TargetFraction is { } gain ? reference * (1 + (side * gain)) : wanted.Target;
        var trailing = double.IsNaN(wanted.TrailingDistance) && settings.TrailingFraction is { } distance ? reference * distance : wanted.TrailingDistance;
        return wanted with
        {
            LimitPrice = prices.OnTick(wanted.LimitPrice),
            StopPrice = prices.OnTick(wanted.StopPrice),
            ProtectiveStop = prices.OnTick(stop),
            Target = prices.OnTick(target),
            SecondTarget = prices.OnTick(wanted.SecondTarget),
            ThirdTarget = prices.OnTick(wanted.ThirdTarget),
            TrailingDistance = trailing,
        };
    }

    static bool HasGoodPrices(in OrderTicket ticket) =>
        (ticket.Kind is OrderKind.Market or OrderKind.Stop || ticket.LimitPrice > 0)
        && (ticket.Kind is OrderKind.Market or OrderKind.Limit || ticket.StopPrice > 0)
        && !double.IsInfinity(ticket.LimitPrice + ticket.StopPrice + ticket.ProtectiveStop + ticket.Target + ticket.TrailingDistance)
        && !(ticket.TrailingDistance <= 0)
        && ticket.Share is > 0 and <= 1;
}
