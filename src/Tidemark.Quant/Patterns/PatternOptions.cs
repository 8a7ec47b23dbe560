using System.Globalization;

namespace Tidemark.Quant.Patterns;

/// <summary>Which candles a fair value gap asks for besides the gap itself.</summary>
public enum GapVariant
{
    /// <summary>The gap alone.</summary>
    Gap,

    /// <summary>The middle candle also closes beyond the first one.</summary>
    GapAndClose,

    /// <summary>The middle candle also closes beyond the first one, with a body above twice the mean of the 20 before it.</summary>
    GapAndCloseAndThreshold,
}

/// <summary>The parameters of the pattern rules; the defaults are the rules as documented.</summary>
public sealed record PatternOptions
{
    /// <summary>The documented rules.</summary>
    public static PatternOptions Default { get; } = new();

    /// <summary>Which gaps count.</summary>
    public GapVariant Gaps { get; init; } = GapVariant.Gap;

    /// <summary>The least height of a gap, a block and a sweep, in percent of the zone's bottom.</summary>
    public double MinimumPercent { get; init; } = 0.15;

    /// <summary>How many mean bodies an impulse's body must exceed.</summary>
    public double ImpulseBodies { get; init; } = 1.5;

    /// <summary>How many candles ago the pivot of a swept level may be, at most 50.</summary>
    public int SweepReach { get; init; } = LongestSweepReach;

    /// <summary>How far equal highs or lows may be apart, in average true ranges.</summary>
    public double EqualTolerance { get; init; } = 0.1;

    /// <summary>
    /// Whether a close beyond the last known swing also invalidates a pattern. By the letter of its definition it changes no outcome:
    /// the swing must lie beyond the zone, and a close beyond it is then beyond the far edge, which invalidates already. It is kept with the pattern to be shown.
    /// </summary>
    public bool SwingInvalidation { get; init; }

    /// <summary>Whether the expiry is stretched in calm markets and shortened in wild ones.</summary>
    public bool AverageRangeExpiry { get; init; }

    internal const int LongestSweepReach = 50;

    internal PatternOptions Checked()
    {
        Require(MinimumPercent >= 0 && double.IsFinite(MinimumPercent), nameof(MinimumPercent), MinimumPercent);
        Require(ImpulseBodies > 0 && double.IsFinite(ImpulseBodies), nameof(ImpulseBodies), ImpulseBodies);
        Require(SweepReach is >= 1 and <= LongestSweepReach, nameof(SweepReach), SweepReach);
        Require(EqualTolerance >= 0 && double.IsFinite(EqualTolerance), nameof(EqualTolerance), EqualTolerance);
        return this;
    }

    static void Require(bool holds, string name, double value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} cannot be {value}"));
        }
    }
}
