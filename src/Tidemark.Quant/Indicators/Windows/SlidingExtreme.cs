namespace Tidemark.Quant.Indicators.Windows;

interface IOrder
{
    static abstract bool Beats(double challenger, double holder);
}

readonly struct Highest : IOrder
{
    public static bool Beats(double challenger, double holder) => challenger > holder;
}

readonly struct Lowest : IOrder
{
    public static bool Beats(double challenger, double holder) => challenger < holder;
}

/// <summary>
/// The highest or lowest of the last values. Only values that can still become the extreme are kept, in a ring,
/// so a step costs the same for every window; of equal extremes the oldest counts.
/// </summary>
struct SlidingExtreme<TOrder>(int length)
    where TOrder : struct, IOrder
{
    readonly double[] values = new double[length];
    readonly long[] positions = new long[length];
    int head;
    int kept;
    long seen;

    public readonly bool IsFull => seen >= values.Length;

    /// <summary>The extreme of the values held; NaN before the first.</summary>
    public readonly double Value => kept == 0 ? double.NaN : values[head];

    /// <summary>How many steps ago the extreme came in, 0 for the last value.</summary>
    public readonly int Age => (int)(seen - 1 - positions[head]);

    public double Add(double value)
    {
        var size = values.Length;
        if (kept > 0 && positions[head] <= seen - size)
        {
            kept--;
            if (++head == size)
            {
                head = 0;
            }
        }

        var tail = head + kept;
        tail = tail >= size ? tail - size : tail;
        while (kept > 0)
        {
            var last = tail == 0 ? size - 1 : tail - 1;
            if (!TOrder.Beats(value, values[last]))
            {
                break;
            }

            tail = last;
            kept--;
        }

        values[tail] = value;
        positions[tail] = seen++;
        kept++;
        return values[head];
    }
}
