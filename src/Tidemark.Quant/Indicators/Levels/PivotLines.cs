namespace Tidemark.Quant.Indicators.Levels;

/// <summary>Draws the lines between points of a finished series: a picture of the past, never an input to a decision.</summary>
public static class PivotLines
{
    /// <summary>
    /// Writes a straight line, in the price unit, between neighbouring points at most <paramref name="longest"/> candles apart, NaN elsewhere.
    /// Points are NaN where there is none and stand at the candle they belong to.
    /// </summary>
    public static void Draw(ReadOnlySpan<double> points, int longest, Span<double> line)
    {
        line[..points.Length].Fill(double.NaN);
        var last = -1;
        for (var i = 0; i < points.Length; i++)
        {
            if (double.IsNaN(points[i]))
            {
                continue;
            }

            if (last >= 0 && i - last <= longest)
            {
                Join(points, last, i, line);
            }

            last = i;
        }
    }

    static void Join(ReadOnlySpan<double> points, int from, int to, Span<double> line)
    {
        var step = (points[to] - points[from]) / (to - from);
        for (var i = from; i < to; i++)
        {
            line[i] = points[from] + (step * (i - from));
        }

        line[to] = points[to];
    }
}
