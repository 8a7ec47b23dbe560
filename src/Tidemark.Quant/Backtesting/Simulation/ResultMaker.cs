using Tidemark.Quant.Series;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting;

/// <summary>Makes results of what an account has been through.</summary>
static class ResultMaker
{
    public static BacktestResult Make(Job job, TrialPeriod period, Account account, Desk[] desks, long[] times, double[] equity, double[] atDayEnds, int barsHeld)
    {
        var start = job.Settings.InitialCash;
        var final = equity.Length > 0 ? equity[^1] : start;
        OpenPosition[] open = [.. desks.Select(desk => desk.Open).OfType<OpenPosition>()];
        var daily = Curve.ReturnsOf(atDayEnds);
        return new BacktestResult
        {
            Fingerprint = Fingerprint.Of(job, period),
            Trades = [.. account.Trades],
            OpenPositions = open,
            Times = times,
            Equity = equity,
            DailyReturns = daily,
            Ledger = new Ledger(start, account.GrossResult, account.Fees, account.Funding, desks.Sum(desk => desk.Unrealised), final)
            {
                SpreadAndSlippage = account.SpreadAndSlippage,
            },
            Statistics = StatisticsOf(job, account, times, equity, daily, final, barsHeld),
            Rejected = [.. account.Rejected],
            Rejections = account.Rejections,
            AmbiguousFills = account.AmbiguousFills,
            WasLiquidated = account.WasLiquidated,
            Warnings = [.. WarningsOf(job, account, times)],
        };
    }

    public static TrialResult MakeTrial(BacktestSettings settings, Account account, double[] atDayEnds, DayCounts counts) => new()
    {
        StartEquity = settings.InitialCash,
        FirstEquity = atDayEnds.Length > 0 ? atDayEnds[0] : settings.InitialCash,
        FinalEquity = atDayEnds.Length > 0 ? atDayEnds[^1] : settings.InitialCash,
        DailyReturns = Curve.ReturnsOf(atDayEnds),
        MaxDrawdown = Curve.DrawdownOf(atDayEnds, settings.InitialCash).Depth,
        Trades = account.Closed,
        ClosedByDay = counts.Closed,
        Wins = account.Wins,
        GrossProfit = account.GrossProfit,
        GrossLoss = account.GrossLoss,
        Fees = account.Fees,
        SpreadAndSlippage = account.SpreadAndSlippage,
        WasLiquidated = account.WasLiquidated,
        LiquidatedOn = counts.LiquidatedOn,
    };

    static BacktestStatistics StatisticsOf(Job job, Account account, long[] times, double[] equity, double[] daily, double final, int barsHeld)
    {
        var start = job.Settings.InitialCash;
        var (depth, place) = Curve.DrawdownOf(equity, start);
        return new BacktestStatistics
        {
            StartEquity = start,
            FinalEquity = final,
            TotalReturn = (final / start) - 1,
            MaxDrawdown = depth,
            MaxDrawdownBar = place,
            Returns = ReturnStatistics.Of(daily, job.Settings.Returns),
            Trades = TradeStatistics.Of([.. account.Trades.Select(trade => trade.Result)]),
            GrossProfit = account.GrossProfit,
            GrossLoss = account.GrossLoss,
            FeesOfTrades = account.FeesOfTrades,
            TimeInMarket = times.Length == 0 ? 0 : (double)barsHeld / times.Length,
            AverageBarsHeld = account.Trades.Count == 0 ? null : account.Trades.Average(trade => trade.Bars),
            Turnover = account.Turnover,
            MarketReturn = MarketReturnOf(job.Input.Symbols[0].Candles, times),
        };
    }

    static double? MarketReturnOf(CandleSlice candles, long[] times)
    {
        if (times.Length == 0)
        {
            return null;
        }

        var (first, last) = (candles.Times.BinarySearch(times[0]), candles.Times.BinarySearch(times[^1]));
        return first >= 0 && last >= 0 && candles.Opens[first] > 0 ? (candles.Closes[last] / candles.Opens[first]) - 1 : null;
    }

    static IEnumerable<BacktestWarning> WarningsOf(Job job, Account account, long[] times)
    {
        if (job.Input.Symbols.Any(symbol => symbol.Candles.Count < job.Strategy.WarmUp(job.Arguments, job.Input.Timeframe)))
        {
            yield return BacktestWarning.FewerBarsThanWarmUp;
        }

        if (times.Length > 1 && HasGap(times, job.Input.Timeframe.Milliseconds))
        {
            yield return BacktestWarning.GapsInBars;
        }

        if (account.Closed == 0)
        {
            yield return BacktestWarning.NoTrades;
        }

        if (account.AmbiguousFills > 0)
        {
            yield return BacktestWarning.AmbiguousFills;
        }

        if (account.WasLiquidated)
        {
            yield return BacktestWarning.Liquidated;
        }
    }

    static bool HasGap(long[] times, long barLength) => times[^1] - times[0] != (times.Length - 1) * barLength;
}
