namespace Tidemark.Quant.Patterns;

/// <summary>Two neighbouring swing highs, or lows, at nearly the same price.</summary>
/// <param name="Rule">The rule and its parameters.</param>
/// <param name="AreHighs">Whether they are highs.</param>
/// <param name="First">The candle of the earlier swing.</param>
/// <param name="Second">The candle of the later swing.</param>
/// <param name="Level">The outermost of the two prices, in the quote currency.</param>
/// <param name="Evidence">The candles it rests on.</param>
/// <param name="KnownAt">When it became known, in UTC milliseconds.</param>
public readonly record struct EqualLevels(PatternRule Rule, bool AreHighs, CandleMark First, CandleMark Second, double Level, Evidence Evidence, long KnownAt);
