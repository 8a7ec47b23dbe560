namespace Tidemark.Bench.Indicators;

/// <summary>Indicators of ranges and trends as one would write them by hand over arrays.</summary>
static class BareRanges
{
    public static void TrueRange(Columns candles, double[] result)
    {
        var (h, l, c) = (candles.Highs, candles.Lows, candles.Closes);
        result[0] = double.NaN;
        for (var i = 1; i < h.Length; i++)
        {
            result[i] = Math.Max(h[i] - l[i], Math.Max(Math.Abs(h[i] - c[i - 1]), Math.Abs(l[i] - c[i - 1])));
        }
    }

    public static void Atr(Columns candles, int n, double[] tr, double[] atr, double[] percent)
    {
        TrueRange(candles, tr);
        BareAverages.Smoothed(tr, n, 1.0 / n, 1, atr);
        var c = candles.Closes;
        for (var i = 0; i < c.Length; i++)
        {
            percent[i] = 100 * atr[i] / c[i];
        }
    }

    public static void Adx(Columns candles, int n, Scratch s)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        TrueRange(candles, s[0]);
        var (up, down) = (s[1], s[2]);
        for (var i = 1; i < h.Length; i++)
        {
            var (rise, fall) = (h[i] - h[i - 1], l[i - 1] - l[i]);
            up[i] = rise > fall && rise > 0 ? rise : 0;
            down[i] = fall > rise && fall > 0 ? fall : 0;
        }

        var (tr, plus, minus, dx) = (s[3], s[4], s[5], s[6]);
        BareAverages.Smoothed(s[0], n, 1.0 / n, 1, tr);
        BareAverages.Smoothed(up, n, 1.0 / n, 1, plus);
        BareAverages.Smoothed(down, n, 1.0 / n, 1, minus);
        for (var i = n; i < h.Length; i++)
        {
            plus[i] = 100 * plus[i] / tr[i];
            minus[i] = 100 * minus[i] / tr[i];
            dx[i] = 100 * Math.Abs(plus[i] - minus[i]) / (plus[i] + minus[i]);
        }

        BareAverages.Smoothed(dx, n, 1.0 / n, n, s[7]);
        for (var i = 2 * n; i < h.Length; i++)
        {
            s[8][i] = (s[7][i] + s[7][i - n]) / 2;
        }
    }

    public static void Supertrend(Columns candles, int n, double multiplier, Scratch s)
    {
        Atr(candles, n, s[0], s[1], s[2]);
        var (h, l, c, atr, line, direction) = (candles.Highs, candles.Lows, candles.Closes, s[1], s[3], s[4]);
        var (upper, lower, isUp) = (double.MaxValue, double.MinValue, c[n] >= (h[n] + l[n]) / 2);
        for (var i = n; i < c.Length; i++)
        {
            var middle = (h[i] + l[i]) / 2;
            var (above, below) = (middle + (multiplier * atr[i]), middle - (multiplier * atr[i]));
            upper = above < upper || c[i - 1] > upper ? above : upper;
            lower = below > lower || c[i - 1] < lower ? below : lower;
            isUp = isUp ? c[i] > lower : c[i] > upper;
            line[i] = isUp ? lower : upper;
            direction[i] = isUp ? 1 : -1;
        }
    }

    public static void Middle(Columns candles, int n, double[] high, double[] low)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        for (var i = 0; i < h.Length; i++)
        {
            var (top, bottom) = (double.MinValue, double.MaxValue);
            for (var j = Math.Max(0, i - n + 1); j <= i; j++)
            {
                top = Math.Max(top, h[j]);
                bottom = Math.Min(bottom, l[j]);
            }

            high[i] = top;
            low[i] = bottom;
        }
    }

    public static void Ichimoku(Columns candles, Scratch s)
    {
        Middle(candles, 9, s[0], s[1]);
        Middle(candles, 26, s[2], s[3]);
        Middle(candles, 52, s[4], s[5]);
        var count = candles.Closes.Length;
        for (var i = 26; i < count; i++)
        {
            s[6][i] = (s[0][i - 26] + s[1][i - 26] + s[2][i - 26] + s[3][i - 26]) / 4;
            s[7][i] = (s[4][i - 26] + s[5][i - 26]) / 2;
        }
    }

    public static void Stochastic(Columns candles, int n, Scratch s)
    {
        Middle(candles, n, s[0], s[1]);
        var c = candles.Closes;
        for (var i = 0; i < c.Length; i++)
        {
            s[2][i] = s[0][i] == s[1][i] ? 0 : 100 * (c[i] - s[1][i]) / (s[0][i] - s[1][i]);
        }

        BareAverages.Sma(s[2], 3, s[3]);
        for (var i = 0; i < n + 1; i++)
        {
            s[3][i] = 0;
        }

        BareAverages.Sma(s[3], 3, s[4]);
        for (var i = 0; i < c.Length; i++)
        {
            s[5][i] = (3 * s[3][i]) - (2 * s[4][i]);
        }
    }

    public static void ParabolicSar(Columns candles, double step, double limit, double[] result)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        var (sar, extreme, speed, rising) = (l[0], h[0], step, true);
        for (var i = 1; i < h.Length; i++)
        {
            sar += speed * (extreme - sar);
            if (i > 1)
            {
                sar = rising ? Math.Min(sar, Math.Min(l[i - 1], l[i - 2])) : Math.Max(sar, Math.Max(h[i - 1], h[i - 2]));
            }

            if (rising ? l[i] < sar : h[i] > sar)
            {
                (sar, extreme, speed, rising) = (extreme, rising ? l[i] : h[i], step, !rising);
            }
            else if (rising ? h[i] > extreme : l[i] < extreme)
            {
                (extreme, speed) = (rising ? h[i] : l[i], Math.Min(speed + step, limit));
            }

            result[i] = sar;
        }
    }
}
