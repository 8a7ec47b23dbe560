namespace Tidemark.Quant.Indicators.Windows;

/// <summary>The highest high and the lowest low of the last candles.</summary>
struct SlidingRange(int length)
{
    SlidingExtreme<Highest> highs = new(length);
    SlidingExtreme<Lowest> lows = new(length);

    public readonly bool IsFull => highs.IsFull;

    public readonly double High => highs.Value;

    public readonly double Low => lows.Value;

    public readonly double Middle => (Low + High) / 2;

    public void Add(double high, double low)
    {
        highs.Add(high);
        lows.Add(low);
    }
}
