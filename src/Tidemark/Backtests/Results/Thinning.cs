namespace Tidemark.Backtests.Results;

/// <summary>
/// Fewer points of a curve without losing an extreme: of each stretch the bars with the lowest and the highest equity are kept, and the first and
/// last of all.
/// </summary>
public static class Thinning
{
    /// <summary>The places to keep, rising; at most about as many as wanted.</summary>
    public static int[] Places(IReadOnlyList<double> values, int wanted)
    {
        if (values.Count <= wanted)
        {
            return [.. Enumerable.Range(0, values.Count)];
        }
        var stretches = Math.Max(1, (wanted - 2) / 2);
        var kept = new List<int>(wanted + 2) { 0 };
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var from = (int)((long)values.Count * stretch / stretches);
            var until = (int)((long)values.Count * (stretch + 1) / stretches);
            var (lowest, highest) = (from, from);
            for (var i = from + 1; i < until; i++)
            {
                lowest = values[i] < values[lowest] ? i : lowest;
                highest = values[i] > values[highest] ? i : highest;
            }
            Add(Math.Min(lowest, highest));
            Add(Math.Max(lowest, highest));
        }
        Add(values.Count - 1);
        return [.. kept];

        void Add(int place)
        {
            if (place > kept[^1])
            {
                kept.Add(place);
            }
        }
    }

    /// <summary>A curve as it is kept.</summary>
    public static KeptCurve Keep(IReadOnlyList<long> times, IReadOnlyList<double> equity, double initial, Func<int, double?>? hold, int wanted = 4_000)
    {
        var (peak, drawdowns) = (initial, new double[equity.Count]);
        for (var i = 0; i < drawdowns.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            drawdowns[i] = peak > 0 ? 1 - (equity[i] / peak) : 0;
        }
        var places = Places(equity, wanted);
        double[]? held = hold is null ? null : [.. places.Select(place => hold(place) ?? double.NaN)];
        return new KeptCurve(
            equity.Count, initial, [.. places.Select(place => times[place])], [.. places.Select(place => Math.Round(equity[place], 8))],
            [.. places.Select(place => Math.Round(drawdowns[place], 10))], held is null || held.Any(double.IsNaN) ? null : held);
    }
}
