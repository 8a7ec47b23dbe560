using System.Globalization;

namespace Tidemark.Quant.Series;

/// <summary>Prices as text: the shortest decimal that reads back as the same number, never with an exponent.</summary>
public static class PriceText
{
    /// <summary>The decimal text of a price in its own unit: "46429", "0.00000812".</summary>
    public static string Of(double price)
    {
        var shortest = price.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal)
            ? price.ToString("0." + new string('#', 330), CultureInfo.InvariantCulture)
            : shortest;
    }
}
