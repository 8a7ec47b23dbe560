using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting;

/// <summary>What a run comes to; null where undefined. Rates are fractions, money is in the quote currency.</summary>
public sealed record BacktestStatistics
{
    /// <summary>Equity before the first bar, money.</summary>
    public required double StartEquity { get; init; }

    /// <summary>Equity at the last close, money.</summary>
    public required double FinalEquity { get; init; }

    /// <summary>Growth of equity, a fraction.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>The largest loss from a peak of equity at bars' closes, the start included; a positive fraction.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Where in the curve it was reached, an index of bars; null where there was none.</summary>
    public int? MaxDrawdownBar { get; init; }

    /// <summary>What the daily returns say.</summary>
    public required ReturnStatistics Returns { get; init; }

    /// <summary>What the closed trades say; results net of fees and with funding.</summary>
    public required TradeStatistics Trades { get; init; }

    /// <summary>Sum of the profits, money.</summary>
    public required double GrossProfit { get; init; }

    /// <summary>Sum of the losses, money, positive.</summary>
    public required double GrossLoss { get; init; }

    /// <summary>Fees of the closed trades, money.</summary>
    public required double FeesOfTrades { get; init; }

    /// <summary>Share of bars that closed with a position, a fraction.</summary>
    public required double TimeInMarket { get; init; }

    /// <summary>Mean of the bars trades were held, a count; null without trades.</summary>
    public double? AverageBarsHeld { get; init; }

    /// <summary>What was bought and sold in all, money.</summary>
    public required double Turnover { get; init; }

    /// <summary>Growth from the first open to the last close of the first symbol, without costs, a fraction: the yardstick; null without bars.</summary>
    public double? MarketReturn { get; init; }
}
