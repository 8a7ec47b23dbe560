namespace Tidemark.Quant.Series;

/// <summary>One closed candle; the open time is UTC milliseconds since 1970, prices are in the quote currency, volume in the base one.</summary>
/// <param name="OpenTime">Open time in UTC milliseconds since 1970.</param>
/// <param name="Open">First price, in the quote currency.</param>
/// <param name="High">Highest price, in the quote currency.</param>
/// <param name="Low">Lowest price, in the quote currency.</param>
/// <param name="Close">Last price, in the quote currency.</param>
/// <param name="Volume">Traded amount, in the base currency.</param>
/// <param name="Minutes">How many minutes of trading it was made from; fewer than its timeframe has when some were missing.</param>
public readonly record struct Candle(long OpenTime, double Open, double High, double Low, double Close, double Volume, int Minutes = 1);
