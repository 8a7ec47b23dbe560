namespace Tidemark.Quant.Indicators.Bands;

/// <summary>
/// Draws a finished series as a chain of straight channels, counted back from its last value: a picture of the past, never an input to a decision.
/// </summary>
public static class DeviationChannelLines
{
    /// <summary>
    /// Writes middle and edges of the channel over each value, in its unit, NaN before the oldest whole channel, and answers where the channels begin.
    /// </summary>
    public static IReadOnlyList<int> Draw(
        ReadOnlySpan<double> values, int period, double deviations, Span<double> middle, Span<double> upper, Span<double> lower)
    {
        var starts = new List<int>();
        var last = values.Length;
        middle[..last].Fill(double.NaN);
        upper[..last].Fill(double.NaN);
        lower[..last].Fill(double.NaN);
        for (var end = last; end >= period; end -= period)
        {
            var start = end - period;
            starts.Add(start);
            var state = new DeviationChannel(period, deviations);
            var channel = default(DeviationChannelValue);
            for (var i = start; i < end; i++)
            {
                channel = state.Next(in values[i]);
            }

            for (var i = start; i < end; i++)
            {
                var fall = channel.Slope * (end - 1 - i);
                middle[i] = channel.Middle - fall;
                upper[i] = channel.Upper - fall;
                lower[i] = channel.Lower - fall;
            }
        }

        return starts;
    }
}
