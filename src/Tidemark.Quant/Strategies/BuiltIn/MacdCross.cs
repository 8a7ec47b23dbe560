using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Follows MACD across its signal line.</summary>
readonly struct MacdCross(Column macd, Column signal, TradeDirections directions) : IStrategy
{
    public static StrategyDescription Description { get; } = new StrategyDescription
    {
        Name = "macd",
        Title = "MACD",
        Meaning = "Buys when MACD crosses above its signal line and sells when it crosses below.",
        Definition =
            """
            MACD is the EMA over `fast` closes minus the EMA over `slow` closes; its signal line is the EMA over `signal` values of it. Each EMA starts from the mean of its first values.
            MACD above its signal line after not having been above it enters long; below after not having been below leaves, and enters short where shorts are allowed.
            """,
        Parameters =
        [
            StrategyParameter.Whole("fast", "Fast period", 12, 1, 5_000),
            StrategyParameter.Whole("slow", "Slow period", 26, 1, 5_000),
            StrategyParameter.Whole("signal", "Signal period", 9, 1, 5_000),
        ],
        IsSensible = arguments => arguments[0] < arguments[1],
        WarmUp = (arguments, _) => Math.Max(arguments.Whole(0), arguments.Whole(1)) + arguments.Whole(2),
        Columns = arguments => [ColumnRequests.Macd(arguments.Whole(0), arguments.Whole(1), arguments.Whole(2))],
    }.RunBy(setup => new MacdCross(setup.Columns[0], setup.Columns[1], setup.Directions));

    public void OnBar(in Moment bar, ref OrderPad orders) => Crossing.Decide(bar, macd, signal, directions, ref orders);

    public int NextActive(int from, int end, Side side) => Crossing.NextActive(macd, signal, from, end, side, directions);
}
