namespace Tidemark.Bench.Indicators.Bare;

/// <summary>What most hand-written loops share: one step of a smoothed mean, counted from its own first value, and a column's undefined beginning.</summary>
static class Step
{
    /// <summary>Adds up the first n values, is their mean at the n-th and Wilder's mean from there on.</summary>
    public static double Wilder(double mean, double value, int index, int n)
    {
        if (index >= n)
        {
            return ((mean * (n - 1)) + value) / n;
        }

        return index == n - 1 ? (mean + value) / n : mean + value;
    }

    /// <summary>Adds up the first n values, is their mean at the n-th and the exponential mean from there on.</summary>
    public static double Exponential(double mean, double value, int index, int n, double weight)
    {
        if (index >= n)
        {
            return mean + (weight * (value - mean));
        }

        return index == n - 1 ? (mean + value) / n : mean + value;
    }

    public static double Range(double high, double low, double closeBefore) =>
        Math.Max(high - low, Math.Max(Math.Abs(high - closeBefore), Math.Abs(low - closeBefore)));

    public static void Undefined(double[] column, int count) => Array.Fill(column, double.NaN, 0, count);
}
