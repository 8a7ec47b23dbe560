namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Average true range by Wilder: the mean of the first ranges, then each new one takes its share.</summary>
sealed class WilderRange(int length)
{
    int seen;
    double sum;

    /// <summary>The average, in ticks; null until there are as many ranges as it averages.</summary>
    public double? Ticks => seen < length ? null : sum;

    public void Next(double range)
    {
        seen = Math.Min(seen + 1, length + 1);
        if (seen < length)
        {
            sum += range;
        }
        else if (seen == length)
        {
            sum = (sum + range) / length;
        }
        else
        {
            sum = ((sum * (length - 1)) + range) / length;
        }
    }

    public void Rescale(double factor) => sum *= factor;
}
