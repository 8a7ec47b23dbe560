using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Backtesting;

/// <summary>The engine on one symbol whose bars become known one by one.</summary>
sealed class Session<TStrategy> : BacktestSession
    where TStrategy : struct, IStrategy
{
    readonly Job job;
    readonly Account account;
    readonly Desk desk;
    readonly Simulation<TStrategy> simulation;
    readonly GrowingColumns columns;
    readonly CandleSeries bars = new();
    readonly CandleSeries minutes = new(0);
    readonly List<FundingPoint> funding = [];
    readonly List<double> equity = [];
    int barsHeld;

    public Session(Job job, Func<StrategySetup, TStrategy> create)
    {
        this.job = job;
        account = new Account(job.Settings, job.Input.Timeframe, keepsTrades: true);
        columns = new GrowingColumns(job.Columns, job.Input.Timeframe);
        (desk, simulation) = StrategyRunner<TStrategy>.Prepare(job, account, job.Input.Symbols[0], columns.All, create);
        account.Serve([desk]);
    }

    public override int Count => bars.Count;

    public override double Equity => account.Equity;

    public override double Cash => account.Cash;

    public override OpenPosition? Position => desk.Open;

    public override IReadOnlyList<Trade> Trades => account.Trades;

    public override IReadOnlyList<OrderTicket> Orders => desk.Waiting;

    public override bool IsLeaving => desk.IsLeaving;

    public override void Next(in Candle bar, CandleSlice minutes = default, params ReadOnlySpan<FundingPoint> funding)
    {
        bars.Append(bar);
        for (var i = 0; i < minutes.Count; i++)
        {
            this.minutes.Append(minutes[i]);
        }

        this.funding.AddRange(funding);
        desk.Learn(this.minutes.All(), this.funding);
        columns.Next(bar);
        if (bar.OpenTime < job.Input.TradeFrom)
        {
            return;
        }

        simulation.Step(bar, bars.Count - 1);
        equity.Add(account.Equity);
        barsHeld += desk.Side == Side.Flat ? 0 : 1;
    }

    public override void Leave() => desk.LeaveByHand();

    public override BacktestResult Result()
    {
        var from = bars.Count - equity.Count;
        var symbol = job.Input.Symbols[0] with { Candles = bars.All(), Minutes = minutes.All(), Funding = [.. funding] };
        var input = new BacktestInput(job.Input.Timeframe, symbol) { TradeFrom = job.Input.TradeFrom };
        var atDayEnds = Curve.DayEndsOf(bars.Times, from, bars.Count).Select(place => equity[place - from]).ToArray();
        return ResultMaker.Make(job with { Input = input }, TrialPeriod.All, account, [desk], bars.Times[from..].ToArray(), [.. equity], atDayEnds, barsHeld);
    }
}
