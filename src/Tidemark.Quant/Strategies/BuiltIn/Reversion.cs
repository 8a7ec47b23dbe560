namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>What strategies do that buy the low and sell the high, however they tell them.</summary>
static class Reversion
{
    public static void Decide(bool isLow, bool isHigh, Side side, TradeDirections directions, ref OrderPad orders)
    {
        if (isLow && side != Side.Long)
        {
            TurnTo(Side.Long, side, directions, ref orders);
        }
        else if (isHigh && side != Side.Short)
        {
            TurnTo(Side.Short, side, directions, ref orders);
        }
    }

    /// <summary>The bounds below and above which <see cref="Decide"/> says anything, infinite where it never does.</summary>
    public static (double Low, double High) Watches(Side side, TradeDirections directions, double buyBelow, double sellAbove)
    {
        var buys = side == Side.Short || (side == Side.Flat && directions.Allow(Side.Long));
        var sells = side == Side.Long || (side == Side.Flat && directions.Allow(Side.Short));
        return (buys ? buyBelow : double.NegativeInfinity, sells ? sellAbove : double.PositiveInfinity);
    }

    /// <summary>Enters a side, or only leaves the other one where it may not be entered.</summary>
    public static void TurnTo(Side wanted, Side held, TradeDirections directions, ref OrderPad orders)
    {
        if (directions.Allow(wanted))
        {
            orders.Place(new OrderTicket(wanted));
        }
        else if (held != Side.Flat && held != wanted)
        {
            orders.Exit();
        }
    }
}
