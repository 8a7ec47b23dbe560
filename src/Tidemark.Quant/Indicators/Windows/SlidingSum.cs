namespace Tidemark.Quant.Indicators.Windows;

/// <summary>
/// The sum of the last values. It adds and subtracts, and sums anew once round the ring and whenever so much has left
/// that rounding of the old sum would show in the new one; so values of very different size do no harm, and zeros sum to exactly zero.
/// </summary>
struct SlidingSum(int length)
{
    const double ShareThatShows = 1e-4;

    readonly double[] values = new double[length];
    int next;
    int filled;
    double sum;
    double peak;

    public readonly bool IsFull => filled == values.Length;

    public double Add(double value)
    {
        ref var slot = ref values[next];
        var leaving = slot;
        slot = value;
        sum = sum - leaving + value;
        if (filled < values.Length)
        {
            filled++;
        }

        if (++next == values.Length)
        {
            next = 0;
            SumAnew();
        }

        var size = Math.Abs(sum);
        if (size > peak)
        {
            peak = size;
        }
        else if (size < peak * ShareThatShows)
        {
            SumAnew();
        }

        return sum;
    }

    void SumAnew()
    {
        var anew = 0.0;
        foreach (var value in values)
        {
            anew += value;
        }

        sum = anew;
        peak = Math.Abs(anew);
    }
}
