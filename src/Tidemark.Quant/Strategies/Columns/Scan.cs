using System.Numerics;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>Finds the next bar that matters in columns, several at a time.</summary>
static class Scan
{
    /// <summary>The first place from one on, before another, with a value below the one bound or above the other; the end where there is none. Undefined values never are.</summary>
    public static int FirstOutside(ReadOnlySpan<double> values, int from, int end, double low, double high)
    {
        var i = from;
        values = values[..end];
        if (Vector.IsHardwareAccelerated)
        {
            var (lows, highs) = (new Vector<double>(low), new Vector<double>(high));
            for (; i <= end - Vector<double>.Count; i += Vector<double>.Count)
            {
                var part = new Vector<double>(values[i..]);
                if (Vector.LessThanAny(part, lows) || Vector.GreaterThanAny(part, highs))
                {
                    break;
                }
            }
        }

        while (i < end && !(values[i] < low || values[i] > high))
        {
            i++;
        }

        return i;
    }

    /// <summary>
    /// The first place from one on, before another, where the one column is no longer on the side of the other where it was asked to be watched from:
    /// it crosses up (above after not above) or down (below after not below); the end where there is none.
    /// </summary>
    public static int FirstCross(ReadOnlySpan<double> line, ReadOnlySpan<double> other, int from, int end, bool up, bool down)
    {
        for (var i = Math.Max(from, 1); i < end; i++)
        {
            if ((up && line[i] > other[i] && line[i - 1] <= other[i - 1]) || (down && line[i] < other[i] && line[i - 1] >= other[i - 1]))
            {
                return i;
            }
        }

        return end;
    }

    /// <summary>The first place from one on, before another, with a low at the one price or lower or a high at the other or higher; the end where there is none.</summary>
    public static int FirstTouch(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, int from, int end, double below, double above)
    {
        var i = from;
        lows = lows[..end];
        highs = highs[..end];
        if (Vector.IsHardwareAccelerated)
        {
            var (floor, ceiling) = (new Vector<double>(below), new Vector<double>(above));
            for (; i <= end - Vector<double>.Count; i += Vector<double>.Count)
            {
                if (Vector.LessThanOrEqualAny(new Vector<double>(lows[i..]), floor) || Vector.GreaterThanOrEqualAny(new Vector<double>(highs[i..]), ceiling))
                {
                    break;
                }
            }
        }

        while (i < end && lows[i] > below && highs[i] < above)
        {
            i++;
        }

        return i;
    }

    /// <summary>The first place from one on, before another, that holds a value; the end where there is none.</summary>
    public static int FirstOf(ReadOnlySpan<double> values, int from, int end, double wanted)
    {
        if (from >= end)
        {
            return end;
        }

        var place = values[from..end].IndexOf(wanted);
        return place < 0 ? end : from + place;
    }
}
