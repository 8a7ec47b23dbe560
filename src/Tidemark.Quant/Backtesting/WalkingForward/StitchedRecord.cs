using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.WalkingForward;

/// <summary>Puts results of stretches that follow each other together to one record.</summary>
sealed class StitchedRecord(BacktestInput input, BacktestSettings settings)
{
    readonly List<long> times = [];
    readonly List<double> equity = [];
    readonly List<Trade> trades = [];
    double barsHeld;
    double turnover;
    double fees;
    double slippage;
    int ambiguous;

    /// <summary>What the next stretch starts with, money.</summary>
    public double Money { get; private set; } = settings.InitialCash;

    public void Add(BacktestResult result)
    {
        times.AddRange(result.Times);
        equity.AddRange(result.Equity);
        trades.AddRange(result.Trades);
        barsHeld += result.Statistics.TimeInMarket * result.Times.Count;
        turnover += result.Statistics.Turnover;
        fees += result.Ledger.Fees;
        slippage += result.Ledger.SpreadAndSlippage;
        ambiguous += result.AmbiguousFills;
        Money = result.Statistics.FinalEquity;
    }

    public WalkForwardResult Result(IReadOnlyList<WalkForwardWindow> windows, int combinations)
    {
        double[] curve = [.. equity];
        var ends = Curve.DayEndsOf([.. times], 0, times.Count);
        var daily = Curve.ReturnsOf([.. ends.Select(end => curve[end])]);
        return new WalkForwardResult
        {
            Windows = windows,
            Combinations = combinations,
            Times = times,
            Equity = curve,
            DailyReturns = daily,
            Trades = trades,
            Statistics = StatisticsOf(curve, daily),
            Costs = fees + slippage,
            AmbiguousFills = ambiguous,
        };
    }

    BacktestStatistics StatisticsOf(double[] curve, double[] daily)
    {
        var (depth, place) = Curve.DrawdownOf(curve, settings.InitialCash);
        return new BacktestStatistics
        {
            StartEquity = settings.InitialCash,
            FinalEquity = Money,
            TotalReturn = (Money / settings.InitialCash) - 1,
            MaxDrawdown = depth,
            MaxDrawdownBar = place,
            Returns = ReturnStatistics.Of(daily, settings.Returns),
            Trades = TradeStatistics.Of([.. trades.Select(trade => trade.Result)]),
            GrossProfit = trades.Sum(trade => Math.Max(trade.Result, 0)),
            GrossLoss = -trades.Sum(trade => Math.Min(trade.Result, 0)),
            FeesOfTrades = trades.Sum(trade => trade.EntryFee + trade.ExitFee),
            TimeInMarket = times.Count == 0 ? 0 : barsHeld / times.Count,
            AverageBarsHeld = trades.Count == 0 ? null : trades.Average(trade => trade.Bars),
            Turnover = turnover,
            MarketReturn = MarketReturn(),
        };
    }

    double? MarketReturn()
    {
        var candles = input.Symbols[0].Candles;
        if (times.Count == 0)
        {
            return null;
        }

        var (first, last) = (At(candles.Times, times[0]), At(candles.Times, times[^1] + 1) - 1);
        return first <= last && last < candles.Count && candles.Opens[first] > 0 ? (candles.Closes[last] / candles.Opens[first]) - 1 : null;
    }

    static int At(ReadOnlySpan<long> times, long moment)
    {
        var place = times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }
}
