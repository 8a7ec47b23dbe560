using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>
/// Minutes of a short range as an exchange told them: the ones that can be right in order and once each, the ones that cannot,
/// and why the range was given up, where the exchange would not answer.
/// </summary>
public sealed record FetchedStretch(GapRange Range, CandleSeries Good, IReadOnlyList<BadCandle> Bad, string? Failure)
{
    /// <summary>Minutes of the range that no right candle was told for.</summary>
    public int Missing => (int)Range.Candles(Timeframe.M1) - Good.Count;
}

/// <summary>An exchange failed so often in a row that a symbol's fetch was given up.</summary>
public sealed class FetchAbandonedException(Symbol symbol, int errors, Exception cause) : Exception($"{symbol} is given up after {errors} errors in a row: {cause.Message}", cause);
