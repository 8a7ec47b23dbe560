using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>
/// The same engine fed candle by candle, for paper and live use: after the same candles it stands where a batch run stands, bit for bit.
/// To restore one, feed it the same candles again.
/// </summary>
public abstract class BacktestSession
{
    /// <summary>Starts a session on one symbol; parameters as for a run.</summary>
    public static BacktestSession Start(
        StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, Timeframe timeframe, BacktestSettings settings, string symbol = "", long tradeFrom = long.MinValue) =>
        strategy.Runner.Start(Job.Of(
            strategy, parameters, new BacktestInput(timeframe, new BacktestSymbol(symbol, default)) { TradeFrom = tradeFrom }, settings));

    /// <summary>Bars taken so far, a count.</summary>
    public abstract int Count { get; }

    /// <summary>Equity at the last close, money.</summary>
    public abstract double Equity { get; }

    /// <summary>Money not bound in positions.</summary>
    public abstract double Cash { get; }

    /// <summary>The position that is open; null without one.</summary>
    public abstract OpenPosition? Position { get; }

    /// <summary>Trades closed so far.</summary>
    public abstract IReadOnlyList<Trade> Trades { get; }

    /// <summary>The orders at work after the last close: they may fill from the next open on.</summary>
    public abstract IReadOnlyList<OrderTicket> Orders { get; }

    /// <summary>Whether the position is to be closed at the next open.</summary>
    public abstract bool IsLeaving { get; }

    /// <summary>Takes the next closed bar, with the finer candles inside it where there are any and the funding payments that fall due from its open to before its close.</summary>
    public abstract void Next(in Candle bar, CandleSlice minutes = default, params ReadOnlySpan<FundingPoint> funding);

    /// <summary>Closes the position by hand at the open of the next bar, and withdraws the orders at work; the strategy goes on and may enter again.</summary>
    public abstract void Leave();

    /// <summary>The result so far.</summary>
    public abstract BacktestResult Result();
}
