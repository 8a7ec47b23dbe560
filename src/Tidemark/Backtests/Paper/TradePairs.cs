using Tidemark.Backtests.Results;

namespace Tidemark.Backtests.Paper;

/// <summary>Trades of two records beside each other: those of the same side, entry, exit and reason, one by one where several share all of these.</summary>
sealed record TradePairs(IReadOnlyList<(RunTrade Paper, RunTrade Replay)> Both, IReadOnlyList<RunTrade> OnlyPaper, IReadOnlyList<RunTrade> OnlyReplay)
{
    const double Nothing = 1e-6;

    public static TradePairs Of(IReadOnlyList<RunTrade> paper, IReadOnlyList<RunTrade> replay)
    {
        // A position that is left in parts within one candle gives several trades with the same key.
        var waiting = replay.GroupBy(KeyOf).ToDictionary(static alike => alike.Key, static alike => new Queue<RunTrade>(alike));
        var (both, onlyPaper) = (new List<(RunTrade, RunTrade)>(), new List<RunTrade>());
        foreach (var trade in paper)
        {
            if (waiting.TryGetValue(KeyOf(trade), out var alike) && alike.TryDequeue(out var other))
            {
                both.Add((trade, other));
            }
            else
            {
                onlyPaper.Add(trade);
            }
        }
        return new TradePairs(both, onlyPaper, [.. waiting.Values.SelectMany(static left => left).OrderBy(static trade => trade.Number)]);
    }

    /// <summary>Trades without a partner, a count.</summary>
    public int Unmatched => OnlyPaper.Count + OnlyReplay.Count;

    /// <summary>What those without a partner gained, paper less replay, quote currency.</summary>
    public double OfUnmatched => OnlyPaper.Sum(static trade => trade.Profit) - OnlyReplay.Sum(static trade => trade.Profit);

    /// <summary>What prices and quantities of the others differ by, before fees, quote currency.</summary>
    public (double Amount, int Count) Fills => Sum(static pair => pair.Paper.Profit + pair.Paper.Fees - (pair.Replay.Profit + pair.Replay.Fees));

    /// <summary>What the fees of the others differ by, quote currency; negative where paper paid more.</summary>
    public (double Amount, int Count) Fees => Sum(static pair => pair.Replay.Fees - pair.Paper.Fees);

    /// <summary>Whether both records hold the same trades with the same money.</summary>
    public bool AreAlike => Unmatched == 0 && Fills.Count == 0 && Fees.Count == 0;

    (double Amount, int Count) Sum(Func<(RunTrade Paper, RunTrade Replay), double> difference)
    {
        var found = Both.Select(difference).Where(static amount => Math.Abs(amount) > Nothing).ToList();
        return (found.Sum(), found.Count);
    }

    static (string Side, DateTimeOffset EntryAt, DateTimeOffset ExitAt, string Reason) KeyOf(RunTrade trade) => (trade.Side, trade.EntryAt, trade.ExitAt, trade.Reason);
}
