namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>The UTC days that daily returns are of.</summary>
static class TradingDays
{
    /// <summary>Milliseconds of a day.</summary>
    public const long Day = 86_400_000;

    /// <summary>
    /// Numbers of the days, since 1970, on which an input has bars that may be traded, oldest first. The return at a position leads from the end of
    /// the day at that position to the end of the next one.
    /// </summary>
    public static IReadOnlyList<int> Of(BacktestInput input)
    {
        var days = new SortedSet<int>();
        foreach (var symbol in input.Symbols)
        {
            var times = symbol.Candles.Times;
            var place = times.BinarySearch(input.TradeFrom);
            for (var i = place < 0 ? ~place : place; i < times.Length;)
            {
                var day = (int)Math.Floor((double)times[i] / Day);
                days.Add(day);
                var next = times.BinarySearch((day + 1L) * Day);
                i = next < 0 ? ~next : next;
            }
        }

        return [.. days];
    }
}
