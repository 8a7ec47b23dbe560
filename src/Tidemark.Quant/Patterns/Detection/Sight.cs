namespace Tidemark.Quant.Patterns.Detection;

/// <summary>The prices of a candle as a direction sees them; for the bearish direction all are negated and high and low change places.</summary>
readonly record struct Sight(double Open, double High, double Low, double Close)
{
    /// <summary>A zone between two prices seen by a direction, the right way up again.</summary>
    public static Zone ZoneOf(double low, double high, Direction direction) =>
        direction == Direction.Bearish ? new Zone(-high, -low) : new Zone(low, high);
}
