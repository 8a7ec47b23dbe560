using System.Runtime.CompilerServices;

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
        var fresh = sum - slot + value;
        slot = value;
        if (filled < values.Length)
        {
            filled++;
        }

        var roundTheRing = ++next == values.Length;
        next = roundTheRing ? 0 : next;
        var size = Math.Abs(fresh);
        peak = double.MaxNative(peak, size);
        if (roundTheRing || size < peak * ShareThatShows)
        {
            fresh = Total(values);
            peak = Math.Abs(fresh);
        }

        return sum = fresh;
    }

    // Static and out of line: the loop that calls Add then keeps this struct in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static double Total(double[] values)
    {
        var total = 0.0;
        foreach (var value in values)
        {
            total += value;
        }

        return total;
    }
}
