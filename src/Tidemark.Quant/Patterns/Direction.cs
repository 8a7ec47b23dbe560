namespace Tidemark.Quant.Patterns;

/// <summary>Which way a fact points; neutral where there is none.</summary>
public enum Direction
{
    /// <summary>Towards lower prices.</summary>
    Bearish = -1,

    /// <summary>No direction.</summary>
    Neutral = 0,

    /// <summary>Towards higher prices.</summary>
    Bullish = 1,
}

/// <summary>What can be asked of a direction.</summary>
public static class Directions
{
    /// <summary>The other direction; neutral stays neutral.</summary>
    public static Direction Opposite(this Direction direction) => (Direction)(-(int)direction);
}
