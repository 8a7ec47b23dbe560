using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>Thins the list a user sees: a pattern is hidden where an active one of its kind and direction covers it enough. Detection knows nothing of it.</summary>
public static class OverlapFilter
{
    static readonly double[] Thresholds = [0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85];

    /// <summary>The overlap, a fraction of the smaller zone, from which a pattern of a timeframe is hidden.</summary>
    public static double ThresholdOf(Timeframe timeframe)
    {
        var rung = Timeframe.Standard.Count - 1;
        while (rung > 0 && Timeframe.Standard[rung] > timeframe)
        {
            rung--;
        }

        return Thresholds[rung];
    }

    /// <summary>How much two zones overlap, as a fraction of the smaller; 0 where one has no height.</summary>
    public static double OverlapOf(Zone first, Zone second)
    {
        var (shared, smaller) = Measure(first, second);
        return shared > 0 && smaller > 0 ? (double)(shared / smaller) : 0;
    }

    /// <summary>Whether two zones overlap by at least a fraction of the smaller, decided as exact decimals.</summary>
    public static bool Overlap(Zone first, Zone second, double threshold)
    {
        var (shared, smaller) = Measure(first, second);
        return shared > 0 && smaller > 0 && shared >= (decimal)threshold * smaller;
    }

    /// <summary>Whether an active pattern that was confirmed earlier hides a later one of the same symbol and timeframe.</summary>
    public static bool Hides(in Pattern earlier, in Pattern later, Timeframe timeframe) =>
        earlier.Kind == later.Kind && earlier.Direction == later.Direction && Overlap(earlier.Zone, later.Zone, ThresholdOf(timeframe));

    /// <summary>
    /// The patterns to show, of active ones of one symbol and timeframe in the order of their confirmation:
    /// one is hidden by any active one confirmed before it, be that one shown or hidden itself.
    /// </summary>
    public static IReadOnlyList<Pattern> Shown(IEnumerable<Pattern> active, Timeframe timeframe)
    {
        var earlier = new List<Pattern>();
        var shown = new List<Pattern>();
        foreach (var pattern in active)
        {
            if (!earlier.Exists(other => Hides(other, pattern, timeframe)))
            {
                shown.Add(pattern);
            }

            earlier.Add(pattern);
        }

        return shown;
    }

    static (decimal Shared, decimal Smaller) Measure(Zone first, Zone second)
    {
        if (first.Top <= second.Bottom || second.Top <= first.Bottom)
        {
            return default;
        }

        // Zones that overlap share a price, so the lower top is near both; a wick far above it counts only as far as it matters.
        var scale = TickScale.For(Math.Min(first.Top, second.Top));
        var shared = Math.Min(scale.Ticks(first.Top), scale.Ticks(second.Top)) - Math.Max(scale.Ticks(first.Bottom), scale.Ticks(second.Bottom));
        var smaller = Math.Min(scale.Ticks(first.Top) - scale.Ticks(first.Bottom), scale.Ticks(second.Top) - scale.Ticks(second.Bottom));
        return ((decimal)shared, (decimal)smaller);
    }
}
