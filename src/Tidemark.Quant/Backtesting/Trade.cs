using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>Why a position was closed.</summary>
public enum ExitReason
{
    /// <summary>The strategy said so.</summary>
    Signal,

    /// <summary>Its stop was reached.</summary>
    Stop,

    /// <summary>A target was reached.</summary>
    Target,

    /// <summary>A stop that followed the price was reached.</summary>
    Trailing,

    /// <summary>Equity fell below the margin.</summary>
    Liquidation,

    /// <summary>The largest drawdown allowed was reached.</summary>
    Drawdown,

    /// <summary>The run ended and its settings say that nothing stays open.</summary>
    End,

    /// <summary>Somebody closed it by hand, whatever the strategy wants.</summary>
    Manual,
}

/// <summary>A position, or a part of it, that was closed. Money is in the quote currency, bars are indices from the first bar of the symbol's candles.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Side">Which way.</param>
/// <param name="EntryBar">Bar of the first entry.</param>
/// <param name="EntryTime">Its open time in UTC milliseconds.</param>
/// <param name="EntryPrice">Mean price of entry.</param>
/// <param name="Quantity">How much, in the base currency, positive.</param>
/// <param name="EntryFee">Fee of the entry, money.</param>
/// <param name="Stop">Where the stop was at first; null without.</param>
/// <param name="Target">Where the first target was at first; null without.</param>
/// <param name="ExitBar">Bar of the exit.</param>
/// <param name="ExitTime">Its open time in UTC milliseconds.</param>
/// <param name="ExitPrice">Price of exit.</param>
/// <param name="ExitFee">Fee of the exit, money.</param>
/// <param name="Reason">Why it was closed.</param>
public sealed record Trade(
    string Symbol,
    Side Side,
    int EntryBar,
    long EntryTime,
    double EntryPrice,
    double Quantity,
    double EntryFee,
    double? Stop,
    double? Target,
    int ExitBar,
    long ExitTime,
    double ExitPrice,
    double ExitFee,
    ExitReason Reason)
{
    /// <summary>Result before fees and funding, money.</summary>
    public double GrossResult => Quantity * (ExitPrice - EntryPrice) * (int)Side;

    /// <summary>Result net of both fees and with funding, money.</summary>
    public double Result => GrossResult - EntryFee - ExitFee + Funding;

    /// <summary>Result over what the entry was worth, a fraction.</summary>
    public double Return => Result / (Quantity * EntryPrice);

    /// <summary>Funding received (positive) or paid, money.</summary>
    public double Funding { get; init; }

    /// <summary>What spread and slippage took at both ends, money; it is in the prices, so already in the results.</summary>
    public double SpreadAndSlippage { get; init; }

    /// <summary>Whether stop and target fell into one candle and the stop was assumed.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Bars held, the bar of entry not counted.</summary>
    public int Bars => ExitBar - EntryBar;
}

/// <summary>A position that is still open at the end: marked at the last close, not closed.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Side">Which way.</param>
/// <param name="EntryBar">Bar of the first entry, an index.</param>
/// <param name="EntryTime">Its open time in UTC milliseconds.</param>
/// <param name="EntryPrice">Mean price of entry, in the quote currency.</param>
/// <param name="Quantity">How much, in the base currency, positive.</param>
/// <param name="EntryFee">Fee of the entry, money.</param>
/// <param name="Stop">Where the stop is; null without.</param>
/// <param name="Target">Where the next target is; null without.</param>
/// <param name="LastPrice">The last close, in the quote currency.</param>
/// <param name="Funding">Funding received (positive) or paid, money.</param>
public sealed record OpenPosition(
    string Symbol,
    Side Side,
    int EntryBar,
    long EntryTime,
    double EntryPrice,
    double Quantity,
    double EntryFee,
    double? Stop,
    double? Target,
    double LastPrice,
    double Funding)
{
    /// <summary>Result at the last close, net of the entry's fee and before that of an exit, money.</summary>
    public double UnrealisedResult => ((LastPrice - EntryPrice) * Quantity * (int)Side) - EntryFee;
}
