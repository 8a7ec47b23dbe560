using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Buys what has fallen fast and sells it once it has risen fast.</summary>
readonly struct RsiMeanReversion(Column rsi, double buyBelow, double sellAbove, TradeDirections directions) : IStrategy
{
    public static StrategyDescription Description { get; } = new StrategyDescription
    {
        Name = "rsi",
        Title = "RSI mean reversion",
        Meaning = "Buys when the relative strength index is low and sells when it is high.",
        Definition =
            """
            RSI after Wilder over `period` closes, seeded with the mean of the first changes.
            Without a position, RSI below `buy_below` buys; RSI above `sell_above` sells short where shorts are allowed.
            A long position is closed when RSI is above `sell_above`, a short one when it is below `buy_below`; where both sides are allowed it is turned round.
            The state decides, not the crossing.
            """,
        Parameters =
        [
            StrategyParameter.Whole("period", "RSI period", 14, 1, 5_000),
            StrategyParameter.Number("buy_below", "Buy below", 30, 0, 100, 5),
            StrategyParameter.Number("sell_above", "Sell above", 70, 0, 100, 5),
        ],
        IsSensible = arguments => arguments[1] < arguments[2],
        WarmUp = (arguments, _) => arguments.Whole(0) + 1,
        Columns = arguments => [ColumnRequests.Rsi(arguments.Whole(0))],
    }.RunBy(setup => new RsiMeanReversion(setup.Columns[0], setup.Arguments[1], setup.Arguments[2], setup.Directions));

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        var value = bar.Value(rsi);
        Reversion.Decide(value < buyBelow, value > sellAbove, bar.Side, directions, ref orders);
    }

    public int NextActive(int from, int end, Side side)
    {
        var values = rsi.Values;
        var (low, high) = Reversion.Watches(side, directions, buyBelow, sellAbove);
        return Scan.FirstOutside(values, from, end, low, high);
    }
}
