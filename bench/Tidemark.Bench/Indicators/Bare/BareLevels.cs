using Tidemark.Quant.Indicators.Levels;
using Tidemark.Quant.Indicators.PriceTransforms;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Levels as one would write them by hand over arrays.</summary>
static class BareLevels
{
    const long Day = 86_400_000;

    public static Rival[] All =>
    [
        Rival.OfCandles<Fractal, FractalValue>("FRACTAL 2", () => new Fractal(2), (c, s) => Fractal(c, 2, s)),
        Rival.OfCandles<Pivots, PivotsValue>("PIVOTS 2, 2, 20", () => new Pivots(2, 2, 20), (c, s) => Pivots(c, 2, 2, 20, s)),
        Rival.OfCandles<PivotPoints, PivotLevels>("PIVOTPOINTS by day", () => new PivotPoints(PivotPeriod.Day, PivotFormula.Standard), PivotPoints),
        Rival.OfCandles<RollingPivots, PivotLevels>("ROLLINGPIVOTS 20", () => new RollingPivots(20, 0, PivotFormula.Standard), (c, s) => RollingPivots(c, 20, s)),
        Rival.OfCandles<ZigZag, ZigZagValue>("ZIGZAG 5", () => new ZigZag(5, CandleEnd.Close), (c, s) => ZigZag(c.Closes, 5, s)),
    ];

    public static bool IsTop(double[] x, int place, int left, int right)
    {
        for (var j = place - left; j <= place + right; j++)
        {
            if (j != place && x[j] >= x[place])
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsBottom(double[] x, int place, int left, int right)
    {
        for (var j = place - left; j <= place + right; j++)
        {
            if (j != place && x[j] <= x[place])
            {
                return false;
            }
        }

        return true;
    }

    static void Fractal(Columns columns, int span, Scratch s)
    {
        var (h, l, bear, bull) = (columns.Highs, columns.Lows, s[0], s[1]);
        Step.Undefined(bear, 2 * span);
        Step.Undefined(bull, 2 * span);
        for (var i = 2 * span; i < h.Length; i++)
        {
            bear[i] = IsTop(h, i - span, span, span) ? h[i - span] : double.NaN;
            bull[i] = IsBottom(l, i - span, span, span) ? l[i - span] : double.NaN;
        }
    }

    static void Pivots(Columns columns, int left, int right, int longest, Scratch s)
    {
        var (h, l) = (columns.Highs, columns.Lows);
        var (highs, lows, highTrends, lowTrends) = (s[0], s[1], s[2], s[3]);
        for (var output = 0; output < 4; output++)
        {
            Step.Undefined(s[output], left + right);
        }

        var (lastHigh, lastLow) = (-1, -1);
        for (var i = left + right; i < h.Length; i++)
        {
            var place = i - right;
            highs[i] = lows[i] = highTrends[i] = lowTrends[i] = double.NaN;
            if (IsTop(h, place, left, right))
            {
                highs[i] = h[place];
                highTrends[i] = lastHigh < 0 || place - lastHigh > longest ? double.NaN : h[place] > h[lastHigh] ? 1 : -1;
                lastHigh = place;
            }

            if (IsBottom(l, place, left, right))
            {
                lows[i] = l[place];
                lowTrends[i] = lastLow < 0 || place - lastLow > longest ? double.NaN : l[place] > l[lastLow] ? 1 : -1;
                lastLow = place;
            }
        }
    }

    static void PivotPoints(Columns columns, Scratch s)
    {
        var (t, h, l, c) = (columns.Times, columns.Highs, columns.Lows, columns.Closes);
        var (pp, s1, s2, s3, s4, r1, r2, r3, r4) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]);
        var (pivot, top, bottom) = (double.NaN, double.NaN, double.NaN);
        var (day, high, low) = (t[0] / Day, h[0], l[0]);
        for (var i = 0; i < c.Length; i++)
        {
            if (t[i] / Day != day)
            {
                (pivot, top, bottom) = ((high + low + c[i - 1]) / 3, high, low);
                (day, high, low) = (t[i] / Day, h[i], l[i]);
            }

            high = Math.Max(high, h[i]);
            low = Math.Min(low, l[i]);
            pp[i] = pivot;
            s1[i] = (2 * pivot) - top;
            s2[i] = pivot - (top - bottom);
            s3[i] = bottom - (2 * (top - pivot));
            r1[i] = (2 * pivot) - bottom;
            r2[i] = pivot + (top - bottom);
            r3[i] = top + (2 * (pivot - bottom));
            s4[i] = r4[i] = double.NaN;
        }
    }

    static void RollingPivots(Columns columns, int n, Scratch s)
    {
        var (c, highest, lowest) = (columns.Closes, s[9], s[10]);
        var (pp, s1, s2, s3, s4, r1, r2, r3, r4) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]);
        Extremes.Highest(columns.Highs, 0, n, highest);
        Extremes.Lowest(columns.Lows, 0, n, lowest);
        for (var output = 0; output < 9; output++)
        {
            Step.Undefined(s[output], n);
        }

        for (var i = n; i < c.Length; i++)
        {
            var (top, bottom) = (highest[i - 1], lowest[i - 1]);
            var pivot = (top + bottom + c[i - 1]) / 3;
            pp[i] = pivot;
            s1[i] = (2 * pivot) - top;
            s2[i] = pivot - (top - bottom);
            s3[i] = bottom - (2 * (top - pivot));
            r1[i] = (2 * pivot) - bottom;
            r2[i] = pivot + (top - bottom);
            r3[i] = top + (2 * (pivot - bottom));
            s4[i] = r4[i] = double.NaN;
        }
    }

    static void ZigZag(double[] x, double percent, Scratch s)
    {
        var (points, ages, kinds, trends, extremes) = (s[0], s[1], s[2], s[3], s[4]);
        var threshold = percent / 100;
        var start = 0;
        while (start < x.Length && Math.Abs(x[start] - x[0]) / x[0] < threshold)
        {
            start++;
        }

        for (var output = 0; output < 5; output++)
        {
            Step.Undefined(s[output], start);
        }

        var (up, extreme, place) = (start < x.Length && x[start] > x[0], x[0], 0);
        for (var i = 0; i < x.Length; i++)
        {
            var (point, age, kind) = (double.NaN, double.NaN, double.NaN);
            var back = up ? (extreme - x[i]) / extreme : (x[i] - extreme) / extreme;
            if (back <= 0)
            {
                (extreme, place) = (x[i], i);
            }
            else if (back >= threshold)
            {
                (point, age, kind) = (extreme, i - place, up ? 1 : -1);
                (up, extreme, place) = (!up, x[i], i);
            }

            if (i >= start)
            {
                (points[i], ages[i], kinds[i], trends[i], extremes[i]) = (point, age, kind, up ? 1 : -1, extreme);
            }
        }
    }
}
