using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting;

/// <summary>
/// One strategy on one symbol, bar after bar. Bars in which nothing can happen are passed over in one step:
/// no order waits, the price stays between stop and target, no funding falls due and the strategy has nothing to say.
/// </summary>
sealed class Simulation<TStrategy>(TStrategy strategy, Desk desk, Account account, BacktestSettings settings)
    where TStrategy : struct, IStrategy
{
    const int BarsBetweenStops = 65_536;

    TStrategy strategy = strategy;

    /// <summary>Takes the bars from one index on, before another.</summary>
    public void Run(CandleSlice bars, int from, int until, Curve curve, CancellationToken stop)
    {
        var closes = bars.Closes;
        var nextStop = from;
        for (var i = from; i < until;)
        {
            if (i >= nextStop)
            {
                stop.ThrowIfCancellationRequested();
                nextStop = i + BarsBetweenStops;
            }

            Step(bars[i], i);
            curve.Note(i, i + 1, closes, account, desk.Signed);
            var next = desk.IsQuiet ? NextEvent(bars, i + 1, until) : i + 1;
            if (next > i + 1)
            {
                desk.Mark(closes[next - 1]);
                curve.Note(i + 1, next, closes, account, desk.Signed);
            }

            i = next;
        }

        if (settings.CloseAtEnd && until > from)
        {
            desk.CloseAtEnd(bars[until - 1], until - 1);
            curve.Amend(account);
        }
    }

    /// <summary>Takes one bar, which has closed.</summary>
    public void Step(in Candle bar, int index)
    {
        desk.Begin(bar, index);
        desk.Live(bar, index);
        desk.End(bar, index);
        if (account.ReachesDrawdown())
        {
            desk.LeaveBecause(ExitReason.Drawdown);
        }

        Decide(bar, index);
    }

    /// <summary>Asks the strategy at the close of a bar.</summary>
    public void Decide(in Candle bar, int index)
    {
        if (account.HasGivenUp)
        {
            return;
        }

        var pad = default(OrderPad);
        strategy.OnBar(new Moment(index, bar, desk.Side, desk.EntryPrice, desk.BarsHeld(index), desk.HasOrders), ref pad);
        if (!pad.IsEmpty)
        {
            desk.Take(pad, bar, index);
        }
    }

    int NextEvent(CandleSlice bars, int from, int until)
    {
        var next = account.HasGivenUp ? until : Math.Max(from, strategy.NextActive(from, until, desk.Side));
        if (desk.Side == Side.Flat)
        {
            return next;
        }

        var funding = desk.NextFunding;
        if (funding != long.MaxValue)
        {
            next = Math.Min(next, Math.Max(from, FirstAfter(bars.Times, funding - desk.BarLength)));
        }

        var (below, above) = (desk.WakesBelow, desk.WakesAbove);
        return double.IsInfinity(below) && double.IsInfinity(above) ? next : Scan.FirstTouch(bars.Lows, bars.Highs, from, next, below, above);
    }

    static int FirstAfter(ReadOnlySpan<long> times, long moment)
    {
        var place = times.BinarySearch(moment + 1);
        return place < 0 ? ~place : place;
    }
}
