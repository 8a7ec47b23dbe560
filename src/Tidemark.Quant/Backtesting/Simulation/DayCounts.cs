namespace Tidemark.Quant.Backtesting;

/// <summary>What had happened to an account by the end of each UTC day, the first day being 0.</summary>
sealed class DayCounts
{
    readonly List<int> closed = [];

    /// <summary>Trades closed since the start, a count a day.</summary>
    public int[] Closed => [.. closed];

    /// <summary>The first day at whose end the account had been closed by force; null for none.</summary>
    public int? LiquidatedOn { get; private set; }

    /// <summary>Notes a day that has begun, the last one or the one after it; what was noted of it before is out of date.</summary>
    public void Note(int day, Account account)
    {
        if (day == closed.Count)
        {
            closed.Add(account.Closed);
        }
        else
        {
            closed[day] = account.Closed;
        }

        if (account.WasLiquidated)
        {
            LiquidatedOn ??= day;
        }
    }
}
