using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>
/// What a strategy asks to be computed over its candles: one or more columns. Two requests with the same key are one computation.
/// </summary>
/// <param name="Key">What is computed, settings included, as in "RSI(14)"; it belongs to the fingerprint of a result.</param>
/// <param name="Outputs">Columns it gives, a count.</param>
/// <param name="Start">Starts the computation on candles of a timeframe; it writes one number a column each candle.</param>
public sealed record ColumnRequest(string Key, int Outputs, Func<Timeframe, Runner<Candle>> Start)
{
    /// <summary>How much it computes, in rough nanoseconds a candle: so that many of them can be put off or left out where time is short.</summary>
    public int Work { get; init; } = 10;

    /// <summary>A faster way to the same numbers for a whole series, where there is one.</summary>
    internal Action<CandleSlice, double[][]>? Fill { get; init; }
}
