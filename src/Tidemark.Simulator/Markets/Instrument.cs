namespace Tidemark.Simulator.Markets;

/// <summary>
/// A traded pair and how finely it is counted: one tick is 10^-PriceDecimals of the quote asset, one step 10^-QuantityDecimals of the base asset.
/// Prices are whole ticks and quantities whole steps everywhere inside the simulator, so sums are exact.
/// </summary>
public sealed record Instrument(string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>Decimals that the exchange writes prices and quantities with, whatever the tick.</summary>
    public const int WireDecimals = 8;

    public string Symbol { get; } = BaseAsset + QuoteAsset;

    /// <summary>The name in stream names, which are lower case.</summary>
    public string StreamName { get; } = (BaseAsset + QuoteAsset).ToLowerInvariant();

    /// <summary>The least value of an order, in the quote asset.</summary>
    public int MinimumNotional { get; init; } = 5;

    /// <summary>The price around which a synthetic market moves over the years, in the quote asset.</summary>
    public double TypicalPrice { get; init; } = 100;

    /// <summary>How strongly the common factor of all prices moves this one.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Own movement beside the common factor: standard deviation of a year's log return.</summary>
    public double OwnVolatility { get; init; } = 0.5;

    /// <summary>Amount traded on a typical day, in the quote asset.</summary>
    public double DailyTurnover { get; init; } = 100_000_000;

    /// <summary>Trades of one taker in a typical minute.</summary>
    public double TradesAMinute { get; init; } = 16;

    /// <summary>Typical distance between best bid and best ask, in ticks.</summary>
    public double TypicalSpread { get; init; } = 1;

    public double TickSize => Math.Pow(10, -PriceDecimals);

    public double StepSize => Math.Pow(10, -QuantityDecimals);
}
