namespace Tidemark.Quant.Backtesting;

/// <summary>The light result of a run among many: what statistics need and no more. Money is in the quote currency, rates are fractions.</summary>
public sealed record TrialResult
{
    /// <summary>Money at the start.</summary>
    public required double StartEquity { get; init; }

    /// <summary>Equity at the end of the first UTC day, money.</summary>
    public required double FirstEquity { get; init; }

    /// <summary>Equity at the last close, money.</summary>
    public required double FinalEquity { get; init; }

    /// <summary>Simple returns of the equity at the last bar of each UTC day, fractions.</summary>
    public required double[] DailyReturns { get; init; }

    /// <summary>The largest loss from a peak of equity at days' ends, the start included; a positive fraction.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Closed trades, a count.</summary>
    public required int Trades { get; init; }

    /// <summary>Trades closed until the end of each UTC day since the start, counts.</summary>
    public required int[] ClosedByDay { get; init; }

    /// <summary>Trades with a profit, a count.</summary>
    public required int Wins { get; init; }

    /// <summary>Sum of the profits, money.</summary>
    public required double GrossProfit { get; init; }

    /// <summary>Sum of the losses, money, positive.</summary>
    public required double GrossLoss { get; init; }

    /// <summary>All fees paid, money.</summary>
    public required double Fees { get; init; }

    /// <summary>What spread and slippage took, money.</summary>
    public required double SpreadAndSlippage { get; init; }

    /// <summary>Whether the account was closed by force or lost all.</summary>
    public required bool WasLiquidated { get; init; }

    /// <summary>The day, counted from the first one, on which that was so first; null where it never was.</summary>
    public required int? LiquidatedOn { get; init; }

    /// <summary>All that trading cost, funding not counted, money.</summary>
    public double Costs => Fees + SpreadAndSlippage;

    /// <summary>Growth of equity, a fraction.</summary>
    public double TotalReturn => (FinalEquity / StartEquity) - 1;

    /// <summary>Sum of the profits over sum of the losses; null without a loss.</summary>
    public double? ProfitFactor => GrossLoss == 0 ? null : GrossProfit / GrossLoss;

    /// <summary>Wins over all trades, a fraction; null without trades.</summary>
    public double? WinRate => Trades == 0 ? null : (double)Wins / Trades;
}
