using Tidemark.Quant.Series;

namespace Tidemark.Bench.Indicators;

/// <summary>The columns of a series as plain arrays, for loops written by hand.</summary>
sealed class Columns(CandleSeries candles)
{
    public long[] Times { get; } = candles.Times.ToArray();

    public double[] Opens { get; } = candles.Opens.ToArray();

    public double[] Highs { get; } = candles.Highs.ToArray();

    public double[] Lows { get; } = candles.Lows.ToArray();

    public double[] Closes { get; } = candles.Closes.ToArray();

    public double[] Volumes { get; } = candles.Volumes.ToArray();
}
