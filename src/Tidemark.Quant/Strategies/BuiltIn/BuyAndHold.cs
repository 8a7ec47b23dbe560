namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>The yardstick: buys once and waits.</summary>
readonly struct BuyAndHold : IStrategy
{
    public static StrategyDescription Description { get; } = new StrategyDescription
    {
        Name = "hold",
        Title = "Buy and hold",
        Meaning = "Buys at the first chance and never sells: what every strategy is held against.",
        Definition = "Without a position, the close of any bar enters long. Nothing leaves.",
        Directions = TradeDirections.Long,
        WarmUp = (_, _) => 1,
    }.RunBy(_ => default(BuyAndHold));

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        if (bar.Side == Side.Flat)
        {
            orders.Buy();
        }
    }

    public int NextActive(int from, int end, Side side) => side == Side.Flat ? from : end;
}
