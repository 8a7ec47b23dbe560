namespace Tidemark.Quant.Indicators.Windows;

/// <summary>The last values in order, as one unbroken span: each is written twice, a window apart, so that no reader has to wrap.</summary>
struct SlidingWindow(int length)
{
    readonly double[] values = new double[2 * length];
    int next;
    int filled;

    public readonly int Length => values.Length / 2;

    public readonly bool IsFull => filled == Length;

    /// <summary>The values held, oldest first; fewer than the length until it is full.</summary>
    public readonly ReadOnlySpan<double> Values =>
        IsFull ? values.AsSpan(next, Length) : values.AsSpan(0, filled);

    public void Add(double value)
    {
        var size = values.Length / 2;
        values[next] = value;
        values[next + size] = value;
        if (++next == size)
        {
            next = 0;
        }

        if (filled < size)
        {
            filled++;
        }
    }
}
