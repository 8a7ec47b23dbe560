using System.Numerics;
using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>
/// The mean of the last values, each window summed anew from its oldest to its newest. A sliding sum carries rounding from where it began;
/// where two means are equal to the last cent, that would decide whether they crossed. Here the window alone decides.
/// </summary>
struct WindowMean(int period) : IIndicator<double, double>
{
    readonly double[] last = new double[period];
    int next;
    bool isFull;

    public double Next(in double input)
    {
        last[next] = input;
        if (++next == last.Length)
        {
            (next, isFull) = (0, true);
        }

        return isFull ? Sum(last.AsSpan(0, next), Sum(last.AsSpan(next), 0)) / last.Length : double.NaN;
    }

    /// <summary>The same means of a whole series; several windows are summed side by side, each in its own order.</summary>
    public static void Fill(int period, ReadOnlySpan<double> values, Span<double> means)
    {
        means[..Math.Min(period - 1, values.Length)].Fill(double.NaN);
        var window = 0;
        for (; window + period - 1 + Vector<double>.Count <= values.Length; window += Vector<double>.Count)
        {
            var sums = Vector<double>.Zero;
            for (var i = window; i < window + period; i++)
            {
                sums += new Vector<double>(values[i..]);
            }

            (sums / new Vector<double>(period)).CopyTo(means[(window + period - 1)..]);
        }

        for (; window + period <= values.Length; window++)
        {
            means[window + period - 1] = Sum(values.Slice(window, period), 0) / period;
        }
    }

    static double Sum(ReadOnlySpan<double> values, double sum)
    {
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
