using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>A candle is closed and stored.</summary>
public sealed record CandleClosed(SeriesKey Series, Candle Candle, DateTimeOffset ReceivedAt);

/// <summary>
/// The price moved. Ticks that nobody took yet become one: the last price, and the lowest and highest since the tick before,
/// so that no crossing is lost.
/// </summary>
public sealed record PriceTicked(MarketSource Source, Symbol Symbol, double Price, double Low, double High, DateTimeOffset At, DateTimeOffset ReceivedAt);
