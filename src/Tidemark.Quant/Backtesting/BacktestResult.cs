namespace Tidemark.Quant.Backtesting;

/// <summary>What a run gave. The same fingerprint gives the same result, bit for bit.</summary>
public sealed record BacktestResult
{
    /// <summary>Hash of data, code version, strategy, parameters and settings.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Closed trades in the order in which they were closed.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Positions still open at the end.</summary>
    public required IReadOnlyList<OpenPosition> OpenPositions { get; init; }

    /// <summary>Open times of the bars of the curve in UTC milliseconds, oldest first.</summary>
    public required IReadOnlyList<long> Times { get; init; }

    /// <summary>Equity at the close of each bar, money.</summary>
    public required IReadOnlyList<double> Equity { get; init; }

    /// <summary>Simple returns of the equity at the last bar of each UTC day, fractions.</summary>
    public required IReadOnlyList<double> DailyReturns { get; init; }

    /// <summary>Where the money went.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>What it comes to.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Orders that were refused; the first thousand.</summary>
    public IReadOnlyList<RejectedOrder> Rejected { get; init; } = [];

    /// <summary>All orders that were refused, a count by reason.</summary>
    public IReadOnlyDictionary<Rejection, int> Rejections { get; init; } = new Dictionary<Rejection, int>();

    /// <summary>Exits where stop and target fell into one candle and the stop was assumed, a count.</summary>
    public int AmbiguousFills { get; init; }

    /// <summary>Whether the account was closed by force or lost all.</summary>
    public bool WasLiquidated { get; init; }

    /// <summary>What a reader of the result should know.</summary>
    public IReadOnlyList<BacktestWarning> Warnings { get; init; } = [];
}

/// <summary>Where the money went; money, in the quote currency. Initial cash + gross result + funding - fees + unrealised = final equity.</summary>
/// <param name="InitialCash">Money at the start.</param>
/// <param name="GrossResult">Results of all closed trades before fees and funding.</param>
/// <param name="Fees">All fees paid, those of open positions' entries included.</param>
/// <param name="Funding">All funding received (positive) or paid.</param>
/// <param name="Unrealised">What open positions have gained at the last close, before fees.</param>
/// <param name="FinalEquity">Equity at the last close.</param>
public sealed record Ledger(double InitialCash, double GrossResult, double Fees, double Funding, double Unrealised, double FinalEquity)
{
    /// <summary>What spread and slippage took; it is in the prices, so already in the results.</summary>
    public double SpreadAndSlippage { get; init; }
}

/// <summary>Why an order was refused.</summary>
public enum Rejection
{
    /// <summary>The side may not be entered.</summary>
    SideNotAllowed,

    /// <summary>A position in that direction is already open.</summary>
    AlreadyIn,

    /// <summary>Sizing gave less than the exchange takes.</summary>
    TooSmall,

    /// <summary>There is no money left.</summary>
    NoMoney,

    /// <summary>Sizing by risk needs a stop on the losing side of the price.</summary>
    NoStop,

    /// <summary>The symbol cools down after an exit.</summary>
    CoolingDown,

    /// <summary>Trading pauses after too many stops.</summary>
    StopGuard,

    /// <summary>Trading has ended at the largest drawdown allowed.</summary>
    DrawdownReached,

    /// <summary>A price of the order is missing or no positive number.</summary>
    BadPrice,

    /// <summary>Too many orders wait already.</summary>
    TooManyOrders,

    /// <summary>The order waited for its price as long as it was told to.</summary>
    Expired,
}

/// <summary>An order that was refused.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Bar">The bar at which it was refused, an index.</param>
/// <param name="Time">Its open time in UTC milliseconds.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RejectedOrder(string Symbol, int Bar, long Time, Rejection Reason);

/// <summary>What a reader of a result should know.</summary>
public enum BacktestWarning
{
    /// <summary>There are fewer bars than the strategy needs before it can decide.</summary>
    FewerBarsThanWarmUp,

    /// <summary>Bars are missing between others.</summary>
    GapsInBars,

    /// <summary>No trade was closed.</summary>
    NoTrades,

    /// <summary>A stop and a target fell into one candle at least once.</summary>
    AmbiguousFills,

    /// <summary>The account was closed by force.</summary>
    Liquidated,
}
