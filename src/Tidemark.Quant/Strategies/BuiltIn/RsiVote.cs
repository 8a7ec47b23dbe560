using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies.BuiltIn;

/// <summary>Several lengths of RSI vote on whether the price has gone too far.</summary>
readonly struct RsiVote(IReadOnlyList<Column> lengths, int majority, double buyBelow, double sellAbove, TradeDirections directions) : IStrategy
{
    static readonly int[] SevenLengths = [5, 7, 9, 14, 21, 28, 50];

    const int MajorityOfSeven = 5;

    public static StrategyDescription Three { get; } = new StrategyDescription
    {
        Name = "3rsi",
        Title = "3RSI",
        Meaning = "Buys when three lengths of RSI are all low and sells when all are high.",
        Definition =
            """
            Our definition; the name has none that is agreed on. RSI over 7, 14 and 21 closes (each length can be set):
            all three below `buy_below` enter long; all three above `sell_above` leave, and enter short where shorts are allowed. The state decides, not the crossing.
            """,
        Parameters =
        [
            .. Thresholds,
            StrategyParameter.Whole("first", "First length", 7, 1, 5_000),
            StrategyParameter.Whole("second", "Second length", 14, 1, 5_000),
            StrategyParameter.Whole("third", "Third length", 21, 1, 5_000),
        ],
        IsSensible = InOrder,
        WarmUp = (arguments, _) => 1 + Math.Max(arguments.Whole(2), Math.Max(arguments.Whole(3), arguments.Whole(4))),
        Columns = arguments => [ColumnRequests.Rsi(arguments.Whole(2)), ColumnRequests.Rsi(arguments.Whole(3)), ColumnRequests.Rsi(arguments.Whole(4))],
    }.RunBy(setup => new RsiVote(setup.Columns, 3, setup.Arguments[0], setup.Arguments[1], setup.Directions));

    public static StrategyDescription Seven { get; } = new StrategyDescription
    {
        Name = "7rsi",
        Title = "7RSI",
        Meaning = "Buys when most of seven lengths of RSI are low and sells when most are high.",
        Definition =
            """
            Our definition; the name has none that is agreed on. RSI over 5, 7, 9, 14, 21, 28 and 50 closes vote:
            at least `majority` of them below `buy_below` enter long; as many above `sell_above` leave, and enter short where shorts are allowed. The state decides, not the crossing.
            """,
        Parameters = [.. Thresholds, StrategyParameter.Whole("majority", "Votes needed", MajorityOfSeven, 4, 7)],
        IsSensible = InOrder,
        WarmUp = (_, _) => SevenLengths[^1] + 1,
        Columns = _ => [.. SevenLengths.Select(ColumnRequests.Rsi)],
    }.RunBy(setup => new RsiVote(setup.Columns, setup.Arguments.Whole(2), setup.Arguments[0], setup.Arguments[1], setup.Directions));

    static IReadOnlyList<StrategyParameter> Thresholds =>
    [
        StrategyParameter.Number("buy_below", "Buy below", 30, 0, 100, 5),
        StrategyParameter.Number("sell_above", "Sell above", 70, 0, 100, 5),
    ];

    static bool InOrder(StrategyArguments arguments) => arguments[0] < arguments[1];

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        var (low, high) = Votes(bar.Index);
        Reversion.Decide(low >= majority, high >= majority, bar.Side, directions, ref orders);
    }

    public int NextActive(int from, int end, Side side)
    {
        for (var i = from; i < end; i++)
        {
            var (low, high) = Votes(i);
            if (low >= majority || high >= majority)
            {
                return i;
            }
        }

        return end;
    }

    (int Low, int High) Votes(int index)
    {
        var (low, high) = (0, 0);
        for (var i = 0; i < lengths.Count; i++)
        {
            var value = lengths[i][index];
            low += value < buyBelow ? 1 : 0;
            high += value > sellAbove ? 1 : 0;
        }

        return (low, high);
    }
}
