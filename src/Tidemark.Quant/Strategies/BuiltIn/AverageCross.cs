using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Follows a quick mean across a slow one.</summary>
readonly struct AverageCross(Column fast, Column slow, TradeDirections directions) : IStrategy
{
    public static StrategyDescription Simple { get; } = Describe("sma", "SMA cross", "simple moving average", ColumnRequests.Sma);

    public static StrategyDescription Exponential { get; } = Describe("ema", "EMA cross", "exponential moving average, started from the mean of its first closes,", ColumnRequests.Ema);

    public void OnBar(in Moment bar, ref OrderPad orders) => Crossing.Decide(bar, fast, slow, directions, ref orders);

    public int NextActive(int from, int end, Side side) => Crossing.NextActive(fast, slow, from, end, side, directions);

    static StrategyDescription Describe(string name, string title, string average, Func<int, ColumnRequest> column) => new StrategyDescription
    {
        Name = name,
        Title = title,
        Meaning = "Buys when a quick mean of the closes crosses above a slow one and sells when it crosses below.",
        Definition =
            $"""
            The fast line is the {average} over `fast` closes, the slow line the same over `slow`.
            The fast line above the slow one after not having been above it enters long; below after not having been below leaves, and enters short where shorts are allowed.
            """,
        Parameters =
        [
            StrategyParameter.Whole("fast", "Fast period", 10, 1, 5_000),
            StrategyParameter.Whole("slow", "Slow period", 20, 1, 5_000, 5),
        ],
        IsSensible = arguments => arguments[0] < arguments[1],
        WarmUp = (arguments, _) => Math.Max(arguments.Whole(0), arguments.Whole(1)) + 1,
        Columns = arguments => [column(arguments.Whole(0)), column(arguments.Whole(1))],
    }.RunBy(setup => new AverageCross(setup.Columns[0], setup.Columns[1], setup.Directions));
}
