namespace Tidemark.Quant.Patterns;

/// <summary>The patterns that are zones with a life.</summary>
public enum PatternKind
{
    /// <summary>Three candles that leave prices untraded between the first and the third.</summary>
    FairValueGap,

    /// <summary>The last opposite candle before an impulse that breaks structure.</summary>
    OrderBlock,

    /// <summary>A wick through a swing level with a close back inside.</summary>
    LiquiditySweep,

    /// <summary>A failed block whose leg had taken liquidity.</summary>
    BreakerBlock,

    /// <summary>A failed block whose leg had taken no liquidity.</summary>
    MitigationBlock,
}

/// <summary>How far a pattern's life has come.</summary>
public enum PatternStatus
{
    /// <summary>Still open.</summary>
    Active,

    /// <summary>A gap that price has traded through to its far edge.</summary>
    Filled,

    /// <summary>A candle has closed beyond the far edge.</summary>
    Invalidated,

    /// <summary>A sweep that has run twice its height away.</summary>
    Completed,

    /// <summary>Its time has run out.</summary>
    Expired,
}

/// <summary>What a breaker or mitigation block was before it failed.</summary>
public enum BlockOrigin
{
    /// <summary>No failed block.</summary>
    None,

    /// <summary>An order block, confirmed by a break of structure.</summary>
    OrderBlock,

    /// <summary>An impulse and its block without a break of structure; never shown while it lived.</summary>
    Candidate,
}
