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
        var shared = Math.Min(first.Top, second.Top) - Math.Max(first.Bottom, second.Bottom);
        var smaller = Math.Min(first.Size, second.Size);
        return shared > 0 && smaller > 0 ? shared / smaller : 0;
    }

    /// <summary>The patterns to show, of active ones of one symbol and timeframe in the order of their confirmation.</summary>
    public static IReadOnlyList<Pattern> Shown(IEnumerable<Pattern> active, Timeframe timeframe)
    {
        var threshold = ThresholdOf(timeframe);
        var shown = new List<Pattern>();
        foreach (var pattern in active)
        {
            if (!shown.Exists(other => other.Kind == pattern.Kind && other.Direction == pattern.Direction && OverlapOf(other.Zone, pattern.Zone) >= threshold))
            {
                shown.Add(pattern);
            }
        }

        return shown;
    }
}
