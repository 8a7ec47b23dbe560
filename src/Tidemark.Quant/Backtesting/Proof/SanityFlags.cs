namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>What makes a result too good, too thin or too fragile to be believed.</summary>
public enum SanityConcern
{
    /// <summary>A Sharpe ratio a year that hardly any real strategy has.</summary>
    SharpeTooHigh,

    /// <summary>A share of winning trades that mostly means small profits taken at once and losses that wait.</summary>
    WinsTooOften,

    /// <summary>Too few trades for their average to mean anything.</summary>
    FewTrades,

    /// <summary>Most of the profit comes of three trades; without them there would be little.</summary>
    ProfitFromThreeTrades,

    /// <summary>The average trade earns so little that slightly dearer fills would take it.</summary>
    TradeNearItsCost,
}

/// <summary>One concern with the figure that raised it and the limit it passed, in the same unit.</summary>
/// <param name="Concern">What it is about.</param>
/// <param name="Measured">Sharpe ratio a year, a fraction of trades, a count, a fraction of the net profit, or money a trade.</param>
/// <param name="Limit">The limit in the same unit.</param>
public readonly record struct SanityFlag(SanityConcern Concern, double Measured, double Limit);

/// <summary>Looks a result over as a wary reader would.</summary>
public static class SanityFlags
{
    const double HighestSharpe = 4;
    const double HighestWinRate = 0.9;
    const int FewestTrades = 30;
    const int BestTrades = 3;
    const double LargestShare = 0.5;
    const double FewestCosts = 2;

    /// <summary>The concerns that apply, in the order of their list.</summary>
    /// <param name="sharpe">Sharpe ratio a year; null where undefined.</param>
    /// <param name="results">Net results of the closed trades, in money.</param>
    /// <param name="costs">All that trading them cost, in money: fees, spread and slippage.</param>
    public static IReadOnlyList<SanityFlag> Of(double? sharpe, ReadOnlySpan<double> results, double costs)
    {
        var flags = new List<SanityFlag>();
        if (sharpe > HighestSharpe)
        {
            flags.Add(new SanityFlag(SanityConcern.SharpeTooHigh, sharpe.Value, HighestSharpe));
        }

        var (profit, wins) = (0.0, 0);
        foreach (var result in results)
        {
            profit += result;
            wins += result > 0 ? 1 : 0;
        }

        if (wins > HighestWinRate * results.Length)
        {
            flags.Add(new SanityFlag(SanityConcern.WinsTooOften, (double)wins / results.Length, HighestWinRate));
        }

        if (results.Length < FewestTrades)
        {
            flags.Add(new SanityFlag(SanityConcern.FewTrades, results.Length, FewestTrades));
        }

        if (profit > 0 && SumOfBest(results) / profit is var share and >= LargestShare)
        {
            flags.Add(new SanityFlag(SanityConcern.ProfitFromThreeTrades, share, LargestShare));
        }

        if (costs > 0 && results.Length > 0 && profit < FewestCosts * costs)
        {
            flags.Add(new SanityFlag(SanityConcern.TradeNearItsCost, profit / results.Length, FewestCosts * costs / results.Length));
        }

        return flags;
    }

    static double SumOfBest(ReadOnlySpan<double> results)
    {
        double[] sorted = [.. results];
        Array.Sort(sorted);
        var sum = 0.0;
        foreach (var result in sorted.AsSpan(Math.Max(0, sorted.Length - BestTrades)))
        {
            sum += Math.Max(result, 0);
        }

        return sum;
    }
}
