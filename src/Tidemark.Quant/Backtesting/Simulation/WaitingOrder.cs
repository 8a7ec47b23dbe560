using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>An order to enter that has not been filled to the end.</summary>
struct WaitingOrder
{
    public OrderTicket Ticket;

    /// <summary>Where the order stands in the line of all; earlier ones go first where nothing else decides.</summary>
    public int Number;

    /// <summary>The bar at whose close it was placed.</summary>
    public int PlacedAt;

    /// <summary>Whether the price that wakes it was reached.</summary>
    public bool IsAwake;

    /// <summary>What is still to be filled, in the base currency; NaN before the first fill.</summary>
    public double Remaining;

    /// <summary>
    /// The price at which a candle fills it, in the quote currency, and how; null where it does not. A limit that the first price after it was placed
    /// allows at once takes what is there; one that has stood before that is taken.
    /// </summary>
    public readonly Fill? In(in Candle candle, bool isFirstCandle)
    {
        var side = (int)Ticket.Side;
        return Ticket.Kind switch
        {
            OrderKind.Market => new Fill(candle.Open, FillMoment.Open, IsMaker: false),
            OrderKind.Limit => AtLimit(candle, side, isFirstCandle),
            OrderKind.Stop => AtStop(candle, side),
            _ when IsAwake => AtLimit(candle, side, isFirstCandle: false),
            _ => AtStopLimit(candle, side),
        };
    }

    /// <summary>Whether a candle reaches the price that wakes it.</summary>
    public readonly bool Wakes(in Candle candle) =>
        Ticket.Kind == OrderKind.StopLimit && (Ticket.Side == Side.Long ? candle.High >= Ticket.StopPrice : candle.Low <= Ticket.StopPrice);

    readonly Fill? AtLimit(in Candle candle, int side, bool isFirstCandle)
    {
        if ((candle.Open - Ticket.LimitPrice) * side <= 0)
        {
            return new Fill(candle.Open, FillMoment.Open, IsMaker: !isFirstCandle);
        }

        var isReached = side > 0 ? candle.Low <= Ticket.LimitPrice : candle.High >= Ticket.LimitPrice;
        return isReached ? new Fill(Ticket.LimitPrice, FillMoment.Returning, IsMaker: true) : null;
    }

    readonly Fill? AtStop(in Candle candle, int side)
    {
        if ((candle.Open - Ticket.StopPrice) * side >= 0)
        {
            return new Fill(candle.Open, FillMoment.Open, IsMaker: false);
        }

        var isReached = side > 0 ? candle.High >= Ticket.StopPrice : candle.Low <= Ticket.StopPrice;
        return isReached ? new Fill(Ticket.StopPrice, FillMoment.Advancing, IsMaker: false) : null;
    }

    // Woken inside a candle at a price its limit does not allow, it waits for a later candle: whether price came back in this one is unknown.
    readonly Fill? AtStopLimit(in Candle candle, int side) =>
        AtStop(candle, side) is { } woken && (woken.Price - Ticket.LimitPrice) * side <= 0 ? woken : null;
}

/// <summary>Where in a candle an order is filled.</summary>
enum FillMoment
{
    /// <summary>At its open: all the rest of it comes after.</summary>
    Open,

    /// <summary>On the way against the order's side, as a limit is.</summary>
    Returning,

    /// <summary>On the way to the order's side, as a stop is.</summary>
    Advancing,
}

/// <summary>A fill that a candle offers; the price in the quote currency before spread and slippage.</summary>
readonly record struct Fill(double Price, FillMoment Moment, bool IsMaker);
