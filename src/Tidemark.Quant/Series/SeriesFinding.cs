namespace Tidemark.Quant.Series;

/// <summary>What is wrong at a place of a candle series.</summary>
public enum SeriesFault
{
    /// <summary>Candles are missing before this one.</summary>
    Gap,

    /// <summary>The open time is on no boundary of the timeframe.</summary>
    Misaligned,

    /// <summary>The high is below the low.</summary>
    HighBelowLow,

    /// <summary>Open or close lies outside low to high.</summary>
    PriceOutsideRange,

    /// <summary>A price is zero, negative or no number.</summary>
    PriceNotPositive,

    /// <summary>The volume is negative or no number.</summary>
    VolumeNegative,

    /// <summary>The open is further from the previous close than the tolerance allows.</summary>
    Discontinuous,
}

/// <summary>One finding about a candle series.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="OpenTime">Open time of the candle concerned, in UTC milliseconds; for a gap, of the first missing candle.</param>
/// <param name="Amount">Candles missing (gap), milliseconds past the boundary (misaligned), the jump as a fraction of the previous close (discontinuous), else the offending value.</param>
public readonly record struct SeriesFinding(SeriesFault Fault, long OpenTime, double Amount);
