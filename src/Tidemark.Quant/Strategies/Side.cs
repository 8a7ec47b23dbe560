namespace Tidemark.Quant.Strategies;

/// <summary>Which way a position points.</summary>
public enum Side
{
    /// <summary>Gains when the price falls.</summary>
    Short = -1,

    /// <summary>No position.</summary>
    Flat = 0,

    /// <summary>Gains when the price rises.</summary>
    Long = 1,
}

/// <summary>Which sides may be entered.</summary>
[Flags]
public enum TradeDirections
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Long only.</summary>
    Long = 1,

    /// <summary>Short only.</summary>
    Short = 2,

    /// <summary>Long and short.</summary>
    Both = 3,
}

/// <summary>What can be asked of directions.</summary>
public static class TradeDirectionRules
{
    /// <summary>Whether a side may be entered.</summary>
    public static bool Allow(this TradeDirections directions, Side side) => side switch
    {
        Side.Long => (directions & TradeDirections.Long) != TradeDirections.None,
        Side.Short => (directions & TradeDirections.Short) != TradeDirections.None,
        _ => false,
    };
}
