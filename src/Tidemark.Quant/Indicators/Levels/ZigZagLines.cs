namespace Tidemark.Quant.Indicators.Levels;

/// <summary>Draws the line of a <see cref="ZigZag"/> over a finished series: a picture of the past, never an input to a decision.</summary>
public static class ZigZagLines
{
    /// <summary>
    /// Writes the line through the turning points and on to the last price, NaN before the first point; then the lines that join
    /// neighbouring highs and neighbouring lows, the provisional end included. All in the price unit.
    /// </summary>
    public static void Draw(ReadOnlySpan<ZigZagValue> states, double lastPrice, Span<double> line, Span<double> highs, Span<double> lows)
    {
        var count = states.Length;
        line[..count].Fill(double.NaN);
        highs[..count].Fill(double.NaN);
        lows[..count].Fill(double.NaN);
        var points = new double[count];
        var highPoints = new double[count];
        var lowPoints = new double[count];
        Array.Fill(points, double.NaN);
        Array.Fill(highPoints, double.NaN);
        Array.Fill(lowPoints, double.NaN);
        var lastKind = 0.0;
        for (var i = 0; i < count; i++)
        {
            if (!double.IsNaN(states[i].Point))
            {
                var at = i - (int)states[i].Age;
                points[at] = states[i].Point;
                lastKind = states[i].Kind;
                (lastKind > 0 ? highPoints : lowPoints)[at] = states[i].Point;
            }
        }

        if (lastKind != 0)
        {
            points[count - 1] = lastPrice;
            (lastKind > 0 ? lowPoints : highPoints)[count - 1] = lastPrice;
        }

        PivotLines.Draw(points, count, line);
        PivotLines.Draw(highPoints, count, highs);
        PivotLines.Draw(lowPoints, count, lows);
    }
}
