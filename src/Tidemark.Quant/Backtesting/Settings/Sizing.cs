namespace Tidemark.Quant.Backtesting;

/// <summary>What the size of an entry is made of.</summary>
public enum SizingKind
{
    /// <summary>All that the account can pay for.</summary>
    AllIn,

    /// <summary>A quantity of the base currency.</summary>
    FixedQuantity,

    /// <summary>A value in the quote currency.</summary>
    FixedValue,

    /// <summary>A fraction of equity.</summary>
    PercentOfEquity,

    /// <summary>The fraction of equity that is lost at the stop.</summary>
    RiskPercent,

    /// <summary>Kelly's fraction of the trades so far.</summary>
    Kelly,
}

/// <summary>How large an entry is; never more than the account's leverage allows.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Amount">A quantity, a value in the quote currency, or a fraction of equity; for Kelly the fraction before enough trades are there.</param>
public sealed record Sizing(SizingKind Kind, double Amount = 1)
{
    /// <summary>All that the account can pay for.</summary>
    public static Sizing AllIn { get; } = new(SizingKind.AllIn);

    /// <summary>The part of Kelly's fraction that is dared.</summary>
    public double KellyShare { get; init; } = 0.5;

    /// <summary>The most of equity that Kelly's fraction may take, a fraction.</summary>
    public double KellyCap { get; init; } = 0.25;

    /// <summary>Closed trades before Kelly's fraction counts.</summary>
    public int KellyTrades { get; init; } = 30;

    /// <summary>A quantity of the base currency.</summary>
    public static Sizing FixedQuantity(double quantity) => new(SizingKind.FixedQuantity, quantity);

    /// <summary>A value in the quote currency.</summary>
    public static Sizing FixedValue(double value) => new(SizingKind.FixedValue, value);

    /// <summary>A fraction of equity.</summary>
    public static Sizing PercentOfEquity(double fraction) => new(SizingKind.PercentOfEquity, fraction);

    /// <summary>The fraction of equity that is lost at the stop; an entry without a stop is refused.</summary>
    public static Sizing RiskPercent(double fraction) => new(SizingKind.RiskPercent, fraction);

    /// <summary>A part of Kelly's fraction of the trades so far, capped; all fractions. Until there are enough trades another fraction.</summary>
    public static Sizing Kelly(double share = 0.5, double cap = 0.25, double before = 0.02) =>
        new(SizingKind.Kelly, before) { KellyShare = share, KellyCap = cap };
}
