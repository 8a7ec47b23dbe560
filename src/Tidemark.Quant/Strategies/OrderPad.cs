namespace Tidemark.Quant.Strategies;

/// <summary>What a strategy wants at the close of one bar. At most two orders to enter are taken; further ones are an error of the strategy.</summary>
public struct OrderPad
{
    internal const int Room = 2;

    OrderTicket first;
    OrderTicket second;

    internal int Count { get; private set; }

    internal bool Exits { get; private set; }

    internal bool Cancels { get; private set; }

    internal double? NewStop { get; private set; }

    internal double? NewTarget { get; private set; }

    internal readonly bool IsEmpty => Count == 0 && !Exits && !Cancels && NewStop is null && NewTarget is null;

    internal readonly OrderTicket this[int position] => position == 0 ? first : second;

    /// <summary>Buys at the next open; a short position is closed first. Prices in the quote currency, NaN for none.</summary>
    public void Buy(double stop = double.NaN, double target = double.NaN) =>
        Place(new OrderTicket(Side.Long) { ProtectiveStop = stop, Target = target });

    /// <summary>Sells short at the next open; a long position is closed first. Prices in the quote currency, NaN for none.</summary>
    public void Sell(double stop = double.NaN, double target = double.NaN) =>
        Place(new OrderTicket(Side.Short) { ProtectiveStop = stop, Target = target });

    /// <summary>Places an order to enter.</summary>
    public void Place(in OrderTicket ticket)
    {
        if (Count == Room)
        {
            throw new InvalidOperationException($"a strategy may place {Room} orders a bar");
        }

        if (Count++ == 0)
        {
            first = ticket;
        }
        else
        {
            second = ticket;
        }
    }

    /// <summary>Closes the position at the next open.</summary>
    public void Exit() => Exits = true;

    /// <summary>Withdraws the orders that still wait for their price.</summary>
    public void Cancel() => Cancels = true;

    /// <summary>Moves the position's stop to a price in the quote currency.</summary>
    public void MoveStop(double price) => NewStop = price;

    /// <summary>Moves the position's next target to a price in the quote currency.</summary>
    public void MoveTarget(double price) => NewTarget = price;
}
