using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Indicators;

/// <summary>A series in the shapes indicators take it in, and its columns as plain arrays for loops written by hand.</summary>
sealed class Columns
{
    public Columns(CandleSeries candles, CandleSeries others)
    {
        Candles = candles;
        Times = candles.Times.ToArray();
        Opens = candles.Opens.ToArray();
        Highs = candles.Highs.ToArray();
        Lows = candles.Lows.ToArray();
        Closes = candles.Closes.ToArray();
        Volumes = candles.Volumes.ToArray();
        Against = others.Closes.ToArray();
        Middles = [.. Highs.Zip(Lows, (high, low) => (high + low) / 2)];
        Typical = [.. Highs.Select((high, i) => (high + Lows[i] + Closes[i]) / 3)];
        Pairs = [.. Closes.Zip(Against, (value, against) => new ValuePair(value, against))];
    }

    public CandleSeries Candles { get; }

    public int Count => Candles.Count;

    public long[] Times { get; }

    public double[] Opens { get; }

    public double[] Highs { get; }

    public double[] Lows { get; }

    public double[] Closes { get; }

    public double[] Volumes { get; }

    public double[] Middles { get; }

    public double[] Typical { get; }

    /// <summary>The closes of another market.</summary>
    public double[] Against { get; }

    public ValuePair[] Pairs { get; }
}
