using Tidemark.Quant.Indicators.Trend;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Indicators of a trend as one would write them by hand over arrays.</summary>
static class BareTrend
{
    public static Rival[] All =>
    [
        Rival.OfCandles<Adx, AdxValue>("ADX 14", () => new Adx(14), (c, s) => Adx(c, 14, s)),
        Rival.OfCandles<Aroon, AroonValue>("AROON 25", () => new Aroon(25), (c, s) => Aroon(c, 25, s)),
        Rival.OfValues<Alligator, AlligatorValue>("ALLIGATOR", () => new Alligator(13, 8, 8, 5, 5, 3), c => c.Middles, (c, s) => Alligator(c.Middles, s, 0)),
        Rival.OfValues<Gator, GatorValue>("GATOR", () => new Gator(), c => c.Middles, (c, s) => Gator(c.Middles, s)),
        Rival.OfCandles<Ichimoku, IchimokuValue>("ICHIMOKU 9, 26, 52, 26", () => new Ichimoku(9, 26, 52, 26), (c, s) => Ichimoku(c, 9, 26, 52, 26, s)),
        Rival.OfCandles<Vortex, VortexValue>("VORTEX 14", () => new Vortex(14), (c, s) => Vortex(c, 14, s)),
    ];

    static void Adx(Columns columns, int n, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (adx, plus, minus, dx, adxr) = (s[0], s[1], s[2], s[3], s[4]);
        Step.Undefined(adx, (2 * n) - 1);
        Step.Undefined(plus, n);
        Step.Undefined(minus, n);
        Step.Undefined(dx, n);
        Step.Undefined(adxr, (3 * n) - 1);
        var (range, rise, fall, index) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            var (up, down) = (h[i] - h[i - 1], l[i - 1] - l[i]);
            range = Step.Wilder(range, Step.Range(h[i], l[i], c[i - 1]), i - 1, n);
            rise = Step.Wilder(rise, up > down && up > 0 ? up : 0, i - 1, n);
            fall = Step.Wilder(fall, down > up && down > 0 ? down : 0, i - 1, n);
            if (i < n)
            {
                continue;
            }

            var (up100, down100) = range == 0 ? (0, 0) : (100 * rise / range, 100 * fall / range);
            var apart = up100 + down100 == 0 ? 0 : 100 * Math.Abs(up100 - down100) / (up100 + down100);
            (plus[i], minus[i], dx[i]) = (up100, down100, apart);
            index = Step.Wilder(index, apart, i - n, n);
            if (i >= (2 * n) - 1)
            {
                adx[i] = index;
            }

            if (i >= (3 * n) - 1)
            {
                adxr[i] = (index + adx[i - n]) / 2;
            }
        }
    }

    static void Aroon(Columns columns, int n, Scratch s)
    {
        var (h, l, up, down, both) = (columns.Highs, columns.Lows, s[0], s[1], s[2]);
        Step.Undefined(up, n);
        Step.Undefined(down, n);
        Step.Undefined(both, n);
        var (top, bottom) = (-1, -1);
        for (var i = n; i < h.Length; i++)
        {
            if (top < i - n)
            {
                top = i - n;
                for (var j = top + 1; j <= i; j++)
                {
                    top = h[j] > h[top] ? j : top;
                }
            }
            else if (h[i] > h[top])
            {
                top = i;
            }

            if (bottom < i - n)
            {
                bottom = i - n;
                for (var j = bottom + 1; j <= i; j++)
                {
                    bottom = l[j] < l[bottom] ? j : bottom;
                }
            }
            else if (l[i] < l[bottom])
            {
                bottom = i;
            }

            up[i] = 100.0 * (n - (i - top)) / n;
            down[i] = 100.0 * (n - (i - bottom)) / n;
            both[i] = up[i] - down[i];
        }
    }

    // Jaw, teeth and lips in the columns from one on, the means themselves three further.
    static void Alligator(double[] x, Scratch s, int at)
    {
        var (jaws, teeth, lips) = (s[at], s[at + 1], s[at + 2]);
        var (jawMeans, teethMeans, lipsMeans) = (s[at + 3], s[at + 4], s[at + 5]);
        var (jaw, tooth, lip) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            jawMeans[i] = jaw = Step.Wilder(jaw, x[i], i, 13);
            teethMeans[i] = tooth = Step.Wilder(tooth, x[i], i, 8);
            lipsMeans[i] = lip = Step.Wilder(lip, x[i], i, 5);
            jaws[i] = i >= 20 ? jawMeans[i - 8] : double.NaN;
            teeth[i] = i >= 12 ? teethMeans[i - 5] : double.NaN;
            lips[i] = i >= 7 ? lipsMeans[i - 3] : double.NaN;
        }
    }

    static void Gator(double[] x, Scratch s)
    {
        var (upper, lower, upperExpands, lowerExpands) = (s[0], s[1], s[2], s[3]);
        Alligator(x, s, 4);
        var (jaws, teeth, lips) = (s[4], s[5], s[6]);
        Step.Undefined(upperExpands, 21);
        Step.Undefined(lowerExpands, 13);
        for (var i = 0; i < x.Length; i++)
        {
            upper[i] = Math.Abs(jaws[i] - teeth[i]);
            lower[i] = -Math.Abs(teeth[i] - lips[i]);
            if (i > 20)
            {
                upperExpands[i] = upper[i] > upper[i - 1] ? 1 : 0;
            }

            if (i > 12)
            {
                lowerExpands[i] = lower[i] < lower[i - 1] ? 1 : 0;
            }
        }
    }

    static void Ichimoku(Columns columns, int tenkan, int kijun, int senkou, int shift, Scratch s)
    {
        var (conversion, standard, a, b) = (s[0], s[1], s[2], s[3]);
        var longMiddle = s[5];
        Middle(columns, tenkan, conversion, s[6], s[7]);
        Middle(columns, kijun, standard, s[6], s[7]);
        Middle(columns, senkou, longMiddle, s[6], s[7]);
        Array.Copy(columns.Closes, s[4], columns.Count);
        Step.Undefined(a, shift);
        Step.Undefined(b, shift);
        for (var i = shift; i < columns.Count; i++)
        {
            a[i] = (conversion[i - shift] + standard[i - shift]) / 2;
            b[i] = longMiddle[i - shift];
        }
    }

    static void Middle(Columns columns, int n, double[] result, double[] highs, double[] lows)
    {
        Extremes.Highest(columns.Highs, 0, n, highs);
        Extremes.Lowest(columns.Lows, 0, n, lows);
        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < result.Length; i++)
        {
            result[i] = (lows[i] + highs[i]) / 2;
        }
    }

    static void Vortex(Columns columns, int n, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (plus, minus, ranges, rises, falls) = (s[0], s[1], s[2], s[3], s[4]);
        Step.Undefined(plus, n);
        Step.Undefined(minus, n);
        var (range, rise, fall) = (0.0, 0.0, 0.0);
        for (var i = 1; i < h.Length; i++)
        {
            range += ranges[i] = Step.Range(h[i], l[i], c[i - 1]);
            rise += rises[i] = Math.Abs(h[i] - l[i - 1]);
            fall += falls[i] = Math.Abs(l[i] - h[i - 1]);
            if (i > n)
            {
                range -= ranges[i - n];
                rise -= rises[i - n];
                fall -= falls[i - n];
            }

            if (i >= n)
            {
                plus[i] = range == 0 ? double.NaN : rise / range;
                minus[i] = range == 0 ? double.NaN : fall / range;
            }
        }
    }
}
