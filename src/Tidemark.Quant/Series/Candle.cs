namespace Tidemark.Quant.Series;

/// <summary>One candle; the open time is UTC milliseconds since 1970.</summary>
public readonly record struct Candle(long OpenTime, double Open, double High, double Low, double Close, double Volume);
