namespace Tidemark.Quant.Patterns;

/// <summary>Where price stands within the latest known swing range.</summary>
public enum PricePosition
{
    /// <summary>There is no range: the low is not below the high.</summary>
    Undefined,

    /// <summary>In the lower half.</summary>
    Discount,

    /// <summary>Exactly halfway.</summary>
    Equilibrium,

    /// <summary>In the upper half.</summary>
    Premium,
}

/// <summary>The latest known swing low and high, by which prices are dear or cheap.</summary>
/// <param name="Low">The swing low, in the quote currency.</param>
/// <param name="High">The swing high, in the quote currency.</param>
public readonly record struct DealingRange(double Low, double High)
{
    /// <summary>How far up the range a price is, as a fraction; null where the low is not below the high.</summary>
    public double? PositionOf(double price) => High > Low ? (price - Low) / (High - Low) : null;

    /// <summary>Premium above the middle, discount below it, equilibrium on it.</summary>
    public PricePosition Rate(double price) => PositionOf(price) switch
    {
        null => PricePosition.Undefined,
        > 0.5 + Doubtful => PricePosition.Premium,
        < 0.5 - Doubtful => PricePosition.Discount,
        _ => RateExactly(price),
    };

    // So near the middle doubles may err, and decimals decide.
    PricePosition RateExactly(double price)
    {
        var scale = TickScale.For(High);
        return (2 * scale.Exactly(price)).CompareTo(scale.Exactly(Low) + scale.Exactly(High)) switch
        {
            > 0 => PricePosition.Premium,
            < 0 => PricePosition.Discount,
            _ => PricePosition.Equilibrium,
        };
    }

    const double Doubtful = 1e-9;
}
