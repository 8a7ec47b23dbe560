using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>What strategies do that follow one line crossing another; equal lines have not crossed yet.</summary>
static class Crossing
{
    public static void Decide(in Moment bar, Column line, Column other, TradeDirections directions, ref OrderPad orders)
    {
        if (bar.Value(line) > bar.Value(other) && bar.Before(line) <= bar.Before(other) && bar.Side != Side.Long)
        {
            Reversion.TurnTo(Side.Long, bar.Side, directions, ref orders);
        }
        else if (bar.Value(line) < bar.Value(other) && bar.Before(line) >= bar.Before(other) && bar.Side != Side.Short)
        {
            Reversion.TurnTo(Side.Short, bar.Side, directions, ref orders);
        }
    }

    public static int NextActive(Column line, Column other, int from, int end, Side side, TradeDirections directions)
    {
        var up = side == Side.Short || (side == Side.Flat && directions.Allow(Side.Long));
        var down = side == Side.Long || (side == Side.Flat && directions.Allow(Side.Short));
        return Scan.FirstCross(line.Values, other.Values, from, end, up, down);
    }
}
