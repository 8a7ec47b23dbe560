namespace Tidemark.Quant.Indicators;

/// <summary>The shelf a user looks on for an indicator.</summary>
public enum IndicatorGroup
{
    /// <summary>Smoothed prices.</summary>
    MovingAverages,

    /// <summary>The rhythm of the market.</summary>
    Cycles,

    /// <summary>Direction of a movement and how strong it is.</summary>
    Trend,

    /// <summary>Where a trend would be over.</summary>
    Stops,

    /// <summary>Position within a bounded range.</summary>
    Oscillators,

    /// <summary>Speed of a movement.</summary>
    Momentum,

    /// <summary>Size of movements.</summary>
    Volatility,

    /// <summary>A band around the price.</summary>
    Bands,

    /// <summary>What was traded.</summary>
    Volume,

    /// <summary>Prices that other traders watch.</summary>
    Levels,

    /// <summary>Measures of a sample.</summary>
    Statistics,

    /// <summary>Another look at the candle itself.</summary>
    PriceTransforms,
}

/// <summary>Where a chart draws an indicator.</summary>
public enum IndicatorPlacement
{
    /// <summary>Over the candles, on their price scale.</summary>
    Overlay,

    /// <summary>In a pane of its own.</summary>
    Pane,
}

/// <summary>What an indicator is fed with.</summary>
public enum IndicatorSource
{
    /// <summary>Whole candles.</summary>
    Candles,

    /// <summary>One number a candle: a price, or the output of another formula.</summary>
    Values,

    /// <summary>Two numbers a candle: a series and the one it is held against.</summary>
    Pairs,
}
