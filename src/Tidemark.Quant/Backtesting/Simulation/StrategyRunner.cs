using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting;

/// <summary>Runs strategies of one struct, so that the loop over them is compiled for it alone.</summary>
abstract class StrategyRunner
{
    public abstract BacktestResult Run(Job job, ColumnStores? columns, TrialPeriod period, CancellationToken stop);

    public abstract TrialResult Trial(Job job, ColumnStores columns, TrialPeriod period, CancellationToken stop);

    public abstract BacktestSession Start(Job job);
}

/// <inheritdoc/>
sealed class StrategyRunner<TStrategy>(Func<StrategySetup, TStrategy> create) : StrategyRunner
    where TStrategy : struct, IStrategy
{
    const long Unlimited = long.MaxValue;

    public override BacktestResult Run(Job job, ColumnStores? columns, TrialPeriod period, CancellationToken stop)
    {
        columns ??= new ColumnStores(job.Input, Unlimited);
        if (job.Input.Symbols.Count > 1)
        {
            return new Portfolio<TStrategy>(job, columns, create, keepsTrades: true, period, stop).Result(stop);
        }

        var bars = job.Input.Symbols[0].Candles;
        var (from, until) = BarsOf(job, period);
        var curve = new Curve(from, until, Curve.DayEndsOf(bars.Times, from, until), keepsEveryBar: true);
        var (account, desk) = Simulate(job, columns, curve, from, until, keepsTrades: true, stop);
        return ResultMaker.Make(job, period, account, [desk], bars.Times[from..until].ToArray(), curve.EveryBar, curve.AtDayEnds, curve.BarsHeld);
    }

    public override TrialResult Trial(Job job, ColumnStores columns, TrialPeriod period, CancellationToken stop)
    {
        if (job.Input.Symbols.Count > 1)
        {
            return new Portfolio<TStrategy>(job, columns, create, keepsTrades: false, period, stop).Trial(stop);
        }

        var (from, until) = BarsOf(job, period);
        var curve = new Curve(from, until, columns.DayEnds(from, until), keepsEveryBar: false);
        var (account, _) = Simulate(job, columns, curve, from, until, keepsTrades: false, stop);
        return ResultMaker.MakeTrial(job.Settings, account, curve.AtDayEnds, curve.Counts);
    }

    public override BacktestSession Start(Job job) => new Session<TStrategy>(job, create);

    (Account Account, Desk Desk) Simulate(Job job, ColumnStores columns, Curve curve, int from, int until, bool keepsTrades, CancellationToken stop)
    {
        var account = new Account(job.Settings, job.Input.Timeframe, keepsTrades);
        var (desk, simulation) = Prepare(job, account, job.Input.Symbols[0], columns.Of(0, job.Columns, stop), create);
        account.Serve([desk]);
        simulation.Run(job.Input.Symbols[0].Candles, from, until, curve, stop);
        return (account, desk);
    }

    public static (Desk Desk, Simulation<TStrategy> Simulation) Prepare(
        Job job, Account account, BacktestSymbol symbol, IReadOnlyList<Column> columns, Func<StrategySetup, TStrategy> create)
    {
        var own = job.Strategy.Columns(job.Arguments).Sum(request => request.Outputs);
        var desk = new Desk(account, job, symbol, columns.Count > own ? columns[own] : null);
        return (desk, new Simulation<TStrategy>(create(new StrategySetup(job.Arguments, columns, job.Directions)), desk, account, job.Settings));
    }

    static (int From, int Until) BarsOf(Job job, TrialPeriod period)
    {
        var times = job.Input.Symbols[0].Candles.Times;
        var from = FirstAtOrAfter(times, Math.Max(period.From, job.Input.TradeFrom));
        return (from, Math.Max(from, FirstAtOrAfter(times, period.Until)));
    }

    static int FirstAtOrAfter(ReadOnlySpan<long> times, long moment)
    {
        var place = times.BinarySearch(moment);
        return place < 0 ? ~place : place;
    }
}
