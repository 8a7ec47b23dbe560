namespace Tidemark.Quant.Patterns;

/// <summary>What has happened to a pattern since it was confirmed.</summary>
/// <param name="Status">Active, or how it ended.</param>
/// <param name="Touched">The first candle that reached its near edge.</param>
/// <param name="Ended">The candle that ended it.</param>
/// <param name="FillPercent">How much of the zone price has traded through, 0 to 100; it never falls.</param>
public readonly record struct PatternLife(PatternStatus Status, CandleMark? Touched, CandleMark? Ended, double FillPercent)
{
    /// <summary>The first candle by which the whole zone was traded through.</summary>
    public CandleMark? Filled { get; init; }
}
