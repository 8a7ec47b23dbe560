namespace Tidemark.Quant.Indicators.Windows;

/// <summary>
/// The sum of the last values. It adds and subtracts, and sums anew each time round the ring, so rounding never builds up;
/// a window of nothing but zeros sums to exactly zero.
/// </summary>
struct SlidingSum(int length)
{
    readonly double[] values = new double[length];
    int next;
    int filled;
    int nonZero;
    double sum;

    public readonly bool IsFull => filled == values.Length;

    public double Add(double value)
    {
        ref var slot = ref values[next];
        var leaving = slot;
        slot = value;
        sum = sum - leaving + value;
        nonZero += (value != 0 ? 1 : 0) - (leaving != 0 ? 1 : 0);
        if (filled < values.Length)
        {
            filled++;
        }

        if (++next == values.Length)
        {
            next = 0;
            sum = SumAnew();
        }

        if (nonZero == 0)
        {
            sum = 0;
        }

        return sum;
    }

    readonly double SumAnew()
    {
        var anew = 0.0;
        foreach (var value in values)
        {
            anew += value;
        }

        return anew;
    }
}
