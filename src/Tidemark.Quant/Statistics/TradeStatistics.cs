namespace Tidemark.Quant.Statistics;

/// <summary>What the results of closed trades say; money is in the account's currency, net of both fees. Null where undefined.</summary>
public sealed record TradeStatistics
{
    /// <summary>Closed trades, a count.</summary>
    public required int Trades { get; init; }

    /// <summary>Trades with a profit, a count.</summary>
    public required int Wins { get; init; }

    /// <summary>Trades with a loss, a count.</summary>
    public required int Losses { get; init; }

    /// <summary>Trades with neither, a count.</summary>
    public required int BreakEven { get; init; }

    /// <summary>Wins over all trades, a fraction, with its 95 % Wilson interval.</summary>
    public Interval? WinRate { get; init; }

    /// <summary>Sum of profits over sum of losses.</summary>
    public double? ProfitFactor { get; init; }

    /// <summary>Mean result of a trade, in money.</summary>
    public double? Expectancy { get; init; }

    /// <summary>Mean profit of the wins, in money.</summary>
    public double? AverageWin { get; init; }

    /// <summary>Mean loss of the losses, in money, positive.</summary>
    public double? AverageLoss { get; init; }

    /// <summary>Average win over average loss.</summary>
    public double? PayoffRatio { get; init; }

    /// <summary>Kelly's fraction with wins over all trades.</summary>
    public double? Kelly { get; init; }

    /// <summary>Kelly's fraction with wins over the trades that were not break-even.</summary>
    public double? KellyWithoutBreakEven { get; init; }

    /// <summary>The longest run of losses, a count; a break-even trade ends a run.</summary>
    public required int LongestLosingRun { get; init; }

    /// <summary>Van Tharp's system quality number: mean over standard deviation times the root of the count.</summary>
    public double? SystemQuality { get; init; }

    /// <summary>The statistics of results in the order of their trades.</summary>
    public static TradeStatistics Of(ReadOnlySpan<double> results)
    {
        var (wins, losses, won, lost, run, longest) = (0, 0, 0.0, 0.0, 0, 0);
        foreach (var result in results)
        {
            wins += result > 0 ? 1 : 0;
            losses += result < 0 ? 1 : 0;
            won += Math.Max(result, 0);
            lost -= Math.Min(result, 0);
            run = result < 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var expectancy = Sample.Mean(results);
        var averageWin = ((double?)won).Over(wins);
        var averageLoss = ((double?)lost).Over(losses);
        var payoff = averageWin.Over(averageLoss);
        return new TradeStatistics
        {
            Trades = results.Length,
            Wins = wins,
            Losses = losses,
            BreakEven = results.Length - wins - losses,
            WinRate = Interval.Wilson(wins, results.Length),
            ProfitFactor = ((double?)won).Over(lost),
            Expectancy = expectancy,
            AverageWin = averageWin,
            AverageLoss = averageLoss,
            PayoffRatio = payoff,
            Kelly = KellyOf(wins, results.Length, payoff),
            KellyWithoutBreakEven = KellyOf(wins, wins + losses, payoff),
            LongestLosingRun = longest,
            SystemQuality = (expectancy * Math.Sqrt(results.Length)).Over(Sample.StandardDeviation(results)),
        };
    }

    static double? KellyOf(int wins, int trades, double? payoff)
    {
        var rate = ((double?)wins).Over(trades);
        return rate - (1 - rate).Over(payoff);
    }
}
