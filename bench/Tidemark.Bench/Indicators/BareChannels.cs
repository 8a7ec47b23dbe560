namespace Tidemark.Bench.Indicators;

/// <summary>Indicators of extremes and channels as one would write them by hand over arrays.</summary>
static class BareChannels
{
    public static void Donchian(Columns candles, int n, Scratch s)
    {
        BareRanges.Middle(candles, n, s[0], s[1]);
        for (var i = n; i < candles.Closes.Length; i++)
        {
            s[2][i] = s[0][i - 1];
            s[3][i] = s[1][i - 1];
            s[4][i] = (s[2][i] + s[3][i]) / 2;
            s[5][i] = (s[2][i] - s[3][i]) / s[4][i];
        }
    }

    public static void WilliamsR(Columns candles, int n, Scratch s)
    {
        BareRanges.Middle(candles, n, s[0], s[1]);
        for (var i = 0; i < candles.Closes.Length; i++)
        {
            s[2][i] = s[0][i] == s[1][i] ? -100 : -100 * (s[0][i] - candles.Closes[i]) / (s[0][i] - s[1][i]);
        }
    }

    public static void Aroon(Columns candles, int n, Scratch s)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        for (var i = n; i < h.Length; i++)
        {
            var (top, bottom) = (i - n, i - n);
            for (var j = i - n + 1; j <= i; j++)
            {
                top = h[j] > h[top] ? j : top;
                bottom = l[j] < l[bottom] ? j : bottom;
            }

            s[0][i] = 100.0 * (n - (i - top)) / n;
            s[1][i] = 100.0 * (n - (i - bottom)) / n;
            s[2][i] = s[0][i] - s[1][i];
        }
    }

    public static void Keltner(Columns candles, Scratch s)
    {
        BareAverages.Ema(candles.Closes, 20, s[0]);
        BareRanges.Atr(candles, 10, s[1], s[2], s[3]);
        for (var i = 19; i < candles.Closes.Length; i++)
        {
            s[4][i] = s[0][i] + (2 * s[2][i]);
            s[5][i] = s[0][i] - (2 * s[2][i]);
            s[6][i] = 4 * s[2][i] / s[0][i];
        }
    }

    public static void Bands(Columns candles, int span, Scratch s)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        var (upper, lower) = (double.NaN, double.NaN);
        for (var i = 2 * span; i < h.Length; i++)
        {
            var (isTop, isBottom, middle) = (true, true, i - span);
            for (var j = i - (2 * span); j <= i; j++)
            {
                isTop &= j == middle || h[middle] > h[j];
                isBottom &= j == middle || l[middle] < l[j];
            }

            s[0][i] = upper = isTop ? h[middle] : upper;
            s[1][i] = lower = isBottom ? l[middle] : lower;
        }
    }

    public static void Vortex(Columns candles, int n, Scratch s)
    {
        var (h, l) = (candles.Highs, candles.Lows);
        BareRanges.TrueRange(candles, s[0]);
        var (range, up, down) = (0.0, 0.0, 0.0);
        for (var i = 1; i < h.Length; i++)
        {
            s[1][i] = Math.Abs(h[i] - l[i - 1]);
            s[2][i] = Math.Abs(l[i] - h[i - 1]);
            range += s[0][i] - (i > n ? s[0][i - n] : 0);
            up += s[1][i] - (i > n ? s[1][i - n] : 0);
            down += s[2][i] - (i > n ? s[2][i - n] : 0);
            s[3][i] = up / range;
            s[4][i] = down / range;
        }
    }
}
