namespace Tidemark.Quant.Patterns;

/// <summary>A high or low that stands out among the candles around it.</summary>
/// <param name="Rule">The rule and how many candles on each side it asks for.</param>
/// <param name="Reach">Candles on each side that it stands out from.</param>
/// <param name="IsHigh">Whether it is a high.</param>
/// <param name="Pivot">The candle it is on.</param>
/// <param name="Level">Its price, in the quote currency.</param>
/// <param name="Evidence">The candles it was found in.</param>
/// <param name="KnownAt">When it became known, in UTC milliseconds.</param>
public readonly record struct SwingPoint(PatternRule Rule, int Reach, bool IsHigh, CandleMark Pivot, double Level, Evidence Evidence, long KnownAt);
