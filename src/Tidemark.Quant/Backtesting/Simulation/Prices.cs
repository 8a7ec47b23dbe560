using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>What an order at the market really pays: spread, slippage, and the exchange's steps. Prices in the quote currency.</summary>
readonly struct Prices(BacktestSettings settings, MarketRules rules)
{
    readonly double halfSpread = settings.Spread / 2;
    readonly SlippageKind kind = settings.Slippage.Kind;
    readonly double amount = settings.Slippage.Amount;
    readonly double tick = rules.TickSize;
    readonly bool isPlain = settings.Spread == 0 && settings.Slippage.Amount == 0 && rules.TickSize == 0;

    /// <summary>The price of an order at the market that sees one price; the range is the usual travel of a bar, the share that of the bar's volume.</summary>
    public double AtMarket(double seen, Side side, double range, double share)
    {
        if (isPlain)
        {
            return seen;
        }

        var slip = kind switch
        {
            SlippageKind.Fixed => amount * seen,
            SlippageKind.Volatility => double.IsNaN(range) ? 0 : amount * range,
            _ => amount * share * share * seen,
        };
        return OnWorseTick(seen + ((int)side * ((halfSpread * seen) + slip)), side);
    }

    /// <summary>The price of an order at the market, never worse than its limit; NaN for none.</summary>
    public double AtMarket(double seen, Side side, double range, double share, double limit)
    {
        var price = AtMarket(seen, side, range, share);
        return double.IsNaN(limit) ? price : side == Side.Long ? Math.Min(price, limit) : Math.Max(price, limit);
    }

    /// <summary>A level of an order on the exchange's grid.</summary>
    public double OnTick(double level) => tick > 0 ? Math.Round(level / tick) * tick : level;

    double OnWorseTick(double price, Side side)
    {
        if (tick <= 0)
        {
            return Math.Max(price, 0);
        }

        var steps = price / tick;
        var whole = Math.Round(steps);

        // A price on the grid stays where it is, whatever the last bit of the quotient says.
        var rounded = Math.Abs(steps - whole) < 1e-9 * Math.Max(1, whole) ? whole : side == Side.Long ? Math.Ceiling(steps) : Math.Floor(steps);
        return Math.Max(rounded, 0) * tick;
    }
}
