namespace Tidemark.Quant.Backtesting;

/// <summary>How much an entry takes.</summary>
static class Sizer
{
    /// <summary>
    /// The quantity in the base currency on the exchange's grid, at most what the budget pays for with the fee; zero or less where there is no money.
    /// Equity and budget are money, price and stop in the quote currency; a missing stop is NaN and gives NaN where the size depends on it.
    /// </summary>
    public static double Quantity(Account account, Sizing sizing, double share, double equity, double budget, double price, double stop, double fee, double lot)
    {
        var affordable = budget / (price * (1 + fee));
        var wanted = sizing.Kind switch
        {
            SizingKind.AllIn => affordable,
            SizingKind.FixedQuantity => sizing.Amount,
            SizingKind.FixedValue => sizing.Amount / price,
            SizingKind.PercentOfEquity => equity * sizing.Amount / price,
            SizingKind.RiskPercent => equity * sizing.Amount / Math.Abs(price - stop),
            _ => equity * KellyFraction(account, sizing) / price,
        };
        if (double.IsNaN(wanted))
        {
            return wanted;
        }

        var quantity = Math.Min(share == 1 ? wanted : wanted * share, affordable);
        return lot > 0 ? Math.Floor(quantity / lot) * lot : quantity;
    }

    static double KellyFraction(Account account, Sizing sizing) =>
        account.KellyFraction(sizing.KellyTrades) is { } fraction ? Math.Clamp(fraction * sizing.KellyShare, 0, sizing.KellyCap) : Math.Min(sizing.Amount, sizing.KellyCap);
}
