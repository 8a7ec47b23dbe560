namespace Tidemark.Simulator.Synthetic;

/// <summary>How many single trades each taker order makes: a pattern that repeats, so that trade ids are consecutive and known without counting.</summary>
static class TradeIds
{
    static readonly int[] Pattern =
    [
        1, 1, 2, 1, 3, 1, 1, 5, 1, 2, 1, 1, 1, 4, 1, 2, 1, 1, 7, 1, 1, 3, 1, 1, 2, 1, 1, 1, 12, 1, 2, 1,
        1, 3, 1, 1, 1, 2, 6, 1, 1, 1, 2, 1, 4, 1, 1, 1, 3, 1, 1, 9, 1, 2, 1, 1, 1, 2, 1, 5, 1, 1, 1, 2,
    ];

    static readonly int[] Before = [.. Enumerable.Range(0, Pattern.Length + 1).Select(count => Pattern.Take(count).Sum())];

    public static int CountOf(long aggregateTrade) => Pattern[aggregateTrade % Pattern.Length];

    public static long FirstOf(long aggregateTrade)
    {
        var (rounds, rest) = Math.DivRem(aggregateTrade, Pattern.Length);
        return (rounds * Before[^1]) + Before[rest];
    }
}
