namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>Which end of a candle a rule looks at.</summary>
public enum CandleEnd
{
    /// <summary>The close, upwards and downwards.</summary>
    Close,

    /// <summary>The high upwards, the low downwards.</summary>
    HighLow,
}
