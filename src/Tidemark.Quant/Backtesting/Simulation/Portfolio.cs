using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>
/// One strategy on several symbols that share an account. At each moment all leave, then enter, then live, then close, then decide, in the order of the symbols.
/// Where one position is closed by force, or all together no longer keep the margin at a close, none stays.
/// </summary>
sealed class Portfolio<TStrategy>
    where TStrategy : struct, IStrategy
{
    const long Day = 86_400_000;

    readonly Job job;
    readonly TrialPeriod period;
    readonly Account account;
    readonly Desk[] desks;
    readonly Simulation<TStrategy>[] simulations;
    readonly int[] next;
    readonly int[] end;
    readonly List<long> times = [];
    readonly List<double> equity = [];
    readonly DayCounts counts = new();
    int day = -1;
    int barsHeld;

    public Portfolio(Job job, ColumnStores columns, Func<StrategySetup, TStrategy> create, bool keepsTrades, TrialPeriod period, CancellationToken stop)
    {
        this.job = job;
        this.period = period;
        account = new Account(job.Settings, job.Input.Timeframe, keepsTrades);
        var symbols = job.Input.Symbols;
        var parts = symbols.Select((symbol, i) => StrategyRunner<TStrategy>.Prepare(job, account, symbol, columns.Of(i, job.Columns, stop), create)).ToArray();
        desks = [.. parts.Select(part => part.Desk)];
        simulations = [.. parts.Select(part => part.Simulation)];
        account.Serve(desks);
        var from = Math.Max(job.Input.TradeFrom, period.From);
        next = [.. symbols.Select(symbol => FirstAtOrAfter(symbol.Candles.Times, from))];
        end = [.. symbols.Select((symbol, i) => Math.Max(next[i], FirstAtOrAfter(symbol.Candles.Times, period.Until)))];
    }

    public BacktestResult Result(CancellationToken stop)
    {
        Run(stop);
        return ResultMaker.Make(job, period, account, desks, [.. times], [.. equity], AtDayEnds(), barsHeld);
    }

    public TrialResult Trial(CancellationToken stop)
    {
        Run(stop);
        return ResultMaker.MakeTrial(job.Settings, account, AtDayEnds(), counts);
    }

    double[] AtDayEnds() => [.. Curve.DayEndsOf(times.ToArray(), 0, times.Count).Select(place => equity[place])];

    void Run(CancellationToken stop)
    {
        for (var now = Earliest(); now < long.MaxValue; now = Earliest())
        {
            stop.ThrowIfCancellationRequested();
            Serve(now);
            day += times.Count == 0 || now / Day != times[^1] / Day ? 1 : 0;
            times.Add(now);
            equity.Add(account.Equity);
            counts.Note(day, account);
            barsHeld += Array.Exists(desks, desk => desk.Side != Side.Flat) ? 1 : 0;
        }

        if (job.Settings.CloseAtEnd && times.Count > 0)
        {
            for (var i = 0; i < desks.Length; i++)
            {
                if (next[i] > 0 && desks[i].Side != Side.Flat)
                {
                    desks[i].CloseAtEnd(job.Input.Symbols[i].Candles[next[i] - 1], next[i] - 1);
                }
            }

            equity[^1] = account.Equity;
            counts.Note(day, account);
        }
    }

    void Serve(long now)
    {
        var forced = account.TimesForced;
        Each(now, (i, bar) => desks[i].LeaveAtOpen(job.Input.Symbols[i].Candles[bar], bar));
        Each(now, (i, bar) => desks[i].EnterAtOpen(job.Input.Symbols[i].Candles[bar], bar));
        account.EnterBar();
        Each(now, (i, bar) => desks[i].Live(job.Input.Symbols[i].Candles[bar], bar));
        account.LeaveBar();
        Each(now, (i, bar) => desks[i].End(job.Input.Symbols[i].Candles[bar], bar));
        if (account.TimesForced > forced || account.IsBelowMargin)
        {
            CloseByForce(now);
        }

        Guard();
        Each(now, (i, bar) => simulations[i].Decide(job.Input.Symbols[i].Candles[bar], bar));
        Each(now, (i, _) => next[i]++);
    }

    // A symbol without a bar at this moment leaves when it opens next.
    void CloseByForce(long now)
    {
        account.MarkLiquidated();
        foreach (var desk in desks)
        {
            desk.LeaveBecause(ExitReason.Liquidation);
        }

        Each(now, (i, bar) => desks[i].CloseByForce(job.Input.Symbols[i].Candles[bar], bar));
    }

    void Each(long now, Action<int, int> act)
    {
        for (var i = 0; i < desks.Length; i++)
        {
            if (next[i] < end[i] && job.Input.Symbols[i].Candles.Times[next[i]] == now)
            {
                act(i, next[i]);
            }
        }
    }

    void Guard()
    {
        if (account.ReachesDrawdown())
        {
            foreach (var desk in desks)
            {
                desk.LeaveBecause(ExitReason.Drawdown);
            }
        }
    }

    long Earliest()
    {
        var earliest = long.MaxValue;
        for (var i = 0; i < desks.Length; i++)
        {
            if (next[i] < end[i])
            {
                earliest = Math.Min(earliest, job.Input.Symbols[i].Candles.Times[next[i]]);
            }
        }

        return earliest;
    }

    static int FirstAtOrAfter(ReadOnlySpan<long> times, long moment)
    {
        var place = times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }
}
