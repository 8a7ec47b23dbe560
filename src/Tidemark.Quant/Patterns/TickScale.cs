namespace Tidemark.Quant.Patterns;

/// <summary>
/// Turns prices into whole ticks fine enough to hold all their digits, so that differences of prices are exact
/// and a value "exactly at the limit" is decided as on paper.
/// </summary>
/// <param name="TicksPerUnit">Ticks in one unit of the quote currency, a power of ten.</param>
readonly record struct TickScale(double TicksPerUnit)
{
    // Beyond it ticks mean nothing, and sums of them must stay numbers.
    const double Most = 1e150;

    /// <summary>The scale at which a price has so many digits before the point; 15 is all that a double keeps exactly.</summary>
    public static TickScale For(double price, int digits = 15) =>
        new(price > 0 ? Math.Pow(10, Math.Clamp(digits - 1 - Math.Floor(Math.Log10(price)), -290, 290)) : 1);

    /// <summary>A price, or a price seen upside down, in ticks.</summary>
    public double Ticks(double price) => Math.Clamp(Math.Round(price * TicksPerUnit), -Most, Most);

    /// <summary>A price in ticks as a decimal; only for prices not far from the one the scale was made for.</summary>
    public decimal Exactly(double price) => (decimal)Ticks(price);
}
