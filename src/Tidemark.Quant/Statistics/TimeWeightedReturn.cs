namespace Tidemark.Quant.Statistics;

/// <summary>Growth of an investment whatever was paid in and out: sub-periods between payments, chained.</summary>
public static class TimeWeightedReturn
{
    /// <summary>
    /// Growth as a fraction over values at the end of each day and the payments into (positive) or out of it at the start of each day,
    /// the first payment being the start; null where a sub-period starts with nothing.
    /// </summary>
    public static double? Of(ReadOnlySpan<double> valuesAtEnd, ReadOnlySpan<double> flowsAtStart)
    {
        if (valuesAtEnd.Length != flowsAtStart.Length)
        {
            throw new ArgumentException($"{flowsAtStart.Length} payments cannot go with {valuesAtEnd.Length} values", nameof(flowsAtStart));
        }

        if (valuesAtEnd.IsEmpty)
        {
            return null;
        }

        var (growth, previous) = (1.0, 0.0);
        for (var day = 0; day < valuesAtEnd.Length; day++)
        {
            var invested = previous + flowsAtStart[day];
            if (!(invested > 0))
            {
                return null;
            }

            growth *= valuesAtEnd[day] / invested;
            previous = valuesAtEnd[day];
        }

        return growth - 1;
    }
}
