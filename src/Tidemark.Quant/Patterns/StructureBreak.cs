namespace Tidemark.Quant.Patterns;

/// <summary>What a break says about the trend.</summary>
public enum StructureChange
{
    /// <summary>Break of structure: the trend goes on, or there was none yet.</summary>
    BreakOfStructure,

    /// <summary>Change of character: the break goes against the trend.</summary>
    ChangeOfCharacter,
}

/// <summary>A close beyond the latest known swing level.</summary>
/// <param name="Rule">The rule and its parameters.</param>
/// <param name="Change">What the break says about the trend.</param>
/// <param name="Direction">Which way the level was broken.</param>
/// <param name="Level">The broken level, in the quote currency.</param>
/// <param name="Evidence">From the swing's pivot to the candle that broke it.</param>
/// <param name="KnownAt">When it became known, in UTC milliseconds.</param>
public readonly record struct StructureBreak(PatternRule Rule, StructureChange Change, Direction Direction, double Level, Evidence Evidence, long KnownAt);
