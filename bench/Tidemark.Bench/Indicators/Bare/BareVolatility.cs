using Tidemark.Quant.Indicators.Volatility;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Indicators of volatility as one would write them by hand over arrays.</summary>
static class BareVolatility
{
    public static Rival[] All =>
    [
        Rival.OfCandles<TrueRange, double>("TR", () => new TrueRange(), (c, s) => TrueRange(c, s[0])),
        Rival.OfCandles<Atr, AtrValue>("ATR 14", () => new Atr(14), (c, s) => Atr(c, 14, s)),
        Rival.OfCandles<Choppiness, double>("CHOP 14", () => new Choppiness(14), (c, s) => Choppiness(c, 14, s)),
        Rival.OfCloses<UlcerIndex, double>("ULCER 14", () => new UlcerIndex(14), (c, s) => Ulcer(c.Closes, 14, s[0])),
    ];

    static void TrueRange(Columns columns, double[] result)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        result[0] = double.NaN;
        for (var i = 1; i < h.Length; i++)
        {
            result[i] = Step.Range(h[i], l[i], c[i - 1]);
        }
    }

    static void Atr(Columns columns, int n, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (atrs, ranges, percent) = (s[0], s[1], s[2]);
        Step.Undefined(atrs, n);
        Step.Undefined(percent, n);
        ranges[0] = double.NaN;
        var atr = 0.0;
        for (var i = 1; i < c.Length; i++)
        {
            ranges[i] = Step.Range(h[i], l[i], c[i - 1]);
            atr = Step.Wilder(atr, ranges[i], i - 1, n);
            if (i >= n)
            {
                atrs[i] = atr;
                percent[i] = c[i] == 0 ? double.NaN : 100 * atr / c[i];
            }
        }
    }

    static void Choppiness(Columns columns, int n, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (result, highs, lows, top, bottom) = (s[0], s[1], s[2], s[3], s[4]);
        for (var i = 1; i < c.Length; i++)
        {
            highs[i] = Math.Max(h[i], c[i - 1]);
            lows[i] = Math.Min(l[i], c[i - 1]);
        }

        Extremes.Highest(highs, 1, n, top);
        Extremes.Lowest(lows, 1, n, bottom);
        Step.Undefined(result, n);
        var scale = 100 / Math.Log(n);
        var path = 0.0;
        for (var i = 1; i < c.Length; i++)
        {
            path += highs[i] - lows[i] - (i > n ? highs[i - n] - lows[i - n] : 0);
            if (i >= n)
            {
                result[i] = top[i] == bottom[i] ? double.NaN : Math.Log(path / (top[i] - bottom[i])) * scale;
            }
        }
    }

    static void Ulcer(double[] x, int n, double[] result)
    {
        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < x.Length; i++)
        {
            var (top, sum) = (double.NegativeInfinity, 0.0);
            for (var j = i - n + 1; j <= i; j++)
            {
                top = x[j] > top ? x[j] : top;
                var fall = 100 * (x[j] - top) / top;
                sum += fall * fall;
            }

            result[i] = Math.Sqrt(sum / n);
        }
    }
}
