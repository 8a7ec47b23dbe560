namespace Tidemark.Quant.Backtesting;

/// <summary>What slippage depends on.</summary>
public enum SlippageKind
{
    /// <summary>Nothing: it is the same fraction of every price.</summary>
    Fixed,

    /// <summary>How far bars usually travel.</summary>
    Volatility,

    /// <summary>The order's share of the bar's volume.</summary>
    VolumeShare,
}

/// <summary>How much worse than the price seen an order at the market is filled.</summary>
/// <param name="Kind">What it depends on.</param>
/// <param name="Amount">
/// Fixed: a fraction of the price. Volatility: a multiple of the average true range of the last 14 bars.
/// Volume share: the fraction of the price at a share of one; it grows with the square of the share, which is never above one.
/// </param>
public sealed record Slippage(SlippageKind Kind, double Amount)
{
    /// <summary>None at all.</summary>
    public static Slippage None { get; } = new(SlippageKind.Fixed, 0);

    /// <summary>The same fraction of every price.</summary>
    public static Slippage Fixed(double fraction) => new(SlippageKind.Fixed, fraction);

    /// <summary>A multiple of the average true range of the last 14 bars before the fill.</summary>
    public static Slippage Volatility(double multiple) => new(SlippageKind.Volatility, multiple);

    /// <summary>A fraction of the price times the square of the order's share of the bar's volume.</summary>
    public static Slippage VolumeShare(double impact) => new(SlippageKind.VolumeShare, impact);
}
