namespace Tidemark.Backtests.Commands;

/// <summary>A curve as one line of text.</summary>
static class Sparkline
{
    const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The last value of each of as many stretches as there are characters, from the lowest bar for the least to the highest for the most.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        if (values.Count == 0)
        {
            return "";
        }
        var count = Math.Min(width, values.Count);
        var picked = new double[count];
        for (var i = 0; i < count; i++)
        {
            picked[i] = values[(int)((long)(i + 1) * values.Count / count) - 1];
        }
        var (low, high) = (picked.Min(), picked.Max());
        return string.Concat(picked.Select(value => Levels[high > low ? (int)Math.Min(Levels.Length - 1, (value - low) / (high - low) * Levels.Length) : 0]));
    }
}
