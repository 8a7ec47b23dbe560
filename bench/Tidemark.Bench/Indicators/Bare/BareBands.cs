using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Levels;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Bands and channels as one would write them by hand over arrays.</summary>
static class BareBands
{
    public static Rival[] All =>
    [
        Rival.OfCloses<Bollinger, BollingerValue>("BB 20, 2", () => new Bollinger(20, 2), (c, s) => Bollinger(c.Closes, 20, 2, s)),
        Rival.OfCandles<Keltner, KeltnerValue>("KELTNER 20, 2, 10", () => new Keltner(20, 2, 10), (c, s) => Keltner(c, 20, 2, 10, s)),
        Rival.OfCandles<Donchian, DonchianValue>("DONCHIAN 20", () => new Donchian(20), (c, s) => Donchian(c, 20, s)),
        Rival.OfCloses<Envelope, EnvelopeValue>("ENVELOPE 20, 2.5", () => new Envelope(20, 2.5), (c, s) => Envelope(c.Closes, 20, 2.5, s)),
        Rival.OfCandles<Starc, StarcValue>("STARC 5, 2, 10", () => new Starc(5, 2, 10), (c, s) => Starc(c, 5, 2, 10, s)),
        Rival.OfCloses<DeviationChannel, DeviationChannelValue>("DEVCHANNEL 20, 2", () => new DeviationChannel(20, 2), (c, s) => DeviationChannel(c.Closes, 20, 2, s)),
        Rival.OfCandles<FractalBands, FractalBandsValue>("FCB 2", () => new FractalBands(2), (c, s) => FractalBands(c, 2, s)),
    ];

    static void Bollinger(double[] x, int n, double multiplier, Scratch s)
    {
        var (means, uppers, lowers, shares, scores, widths) = (s[0], s[1], s[2], s[3], s[4], s[5]);
        for (var output = 0; output < 6; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        for (var i = n - 1; i < x.Length; i++)
        {
            var sum = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += x[j];
            }

            var mean = sum / n;
            var squares = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                squares += (x[j] - mean) * (x[j] - mean);
            }

            var deviation = Math.Sqrt(squares / n);
            var (upper, lower) = (mean + (multiplier * deviation), mean - (multiplier * deviation));
            (means[i], uppers[i], lowers[i]) = (mean, upper, lower);
            shares[i] = upper == lower ? double.NaN : (x[i] - lower) / (upper - lower);
            scores[i] = deviation == 0 ? double.NaN : (x[i] - mean) / deviation;
            widths[i] = mean == 0 ? double.NaN : (upper - lower) / mean;
        }
    }

    static void Keltner(Columns columns, int emaPeriod, double multiplier, int atrPeriod, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (middle, upper, lower, width) = (s[0], s[1], s[2], s[3]);
        var first = Math.Max(emaPeriod - 1, atrPeriod);
        for (var output = 0; output < 4; output++)
        {
            Step.Undefined(s[output], first);
        }

        var (weight, mean, atr) = (2.0 / (emaPeriod + 1), c[0], 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            mean = Step.Exponential(mean, c[i], i, emaPeriod, weight);
            atr = Step.Wilder(atr, Step.Range(h[i], l[i], c[i - 1]), i - 1, atrPeriod);
            if (i >= first)
            {
                var distance = multiplier * atr;
                (middle[i], upper[i], lower[i]) = (mean, mean + distance, mean - distance);
                width[i] = mean == 0 ? double.NaN : 2 * distance / mean;
            }
        }
    }

    static void Donchian(Columns columns, int n, Scratch s)
    {
        var (upper, middle, lower, width, top, bottom) = (s[0], s[1], s[2], s[3], s[4], s[5]);
        Extremes.Highest(columns.Highs, 0, n, top);
        Extremes.Lowest(columns.Lows, 0, n, bottom);
        for (var output = 0; output < 4; output++)
        {
            Step.Undefined(s[output], n);
        }

        for (var i = n; i < upper.Length; i++)
        {
            var (high, low) = (top[i - 1], bottom[i - 1]);
            var mean = (low + high) / 2;
            (upper[i], middle[i], lower[i]) = (high, mean, low);
            width[i] = mean == 0 ? double.NaN : (high - low) / mean;
        }
    }

    static void Envelope(double[] x, int n, double percent, Scratch s)
    {
        var (middle, upper, lower) = (s[0], s[1], s[2]);
        for (var output = 0; output < 3; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] - (i >= n ? x[i - n] : 0);
            if (i >= n - 1)
            {
                var mean = sum / n;
                var distance = mean * percent / 100;
                (middle[i], upper[i], lower[i]) = (mean, mean + distance, mean - distance);
            }
        }
    }

    static void Starc(Columns columns, int meanPeriod, double multiplier, int atrPeriod, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (middle, upper, lower) = (s[0], s[1], s[2]);
        Step.Undefined(middle, meanPeriod - 1);
        Step.Undefined(upper, Math.Max(atrPeriod, meanPeriod - 1));
        Step.Undefined(lower, Math.Max(atrPeriod, meanPeriod - 1));
        var (sum, atr) = (c[0], 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            sum += c[i] - (i >= meanPeriod ? c[i - meanPeriod] : 0);
            atr = Step.Wilder(atr, Step.Range(h[i], l[i], c[i - 1]), i - 1, atrPeriod);
            if (i < meanPeriod - 1)
            {
                continue;
            }

            middle[i] = sum / meanPeriod;
            if (i >= atrPeriod)
            {
                upper[i] = middle[i] + (multiplier * atr);
                lower[i] = middle[i] - (multiplier * atr);
            }
        }
    }

    static void DeviationChannel(double[] x, int n, double deviations, Scratch s)
    {
        var (middle, upper, lower, slopes) = (s[0], s[1], s[2], s[3]);
        for (var output = 0; output < 4; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        var centre = (n + 1) / 2.0;
        var spread = 0.0;
        for (var j = 1; j <= n; j++)
        {
            spread += (j - centre) * (j - centre);
        }

        for (var i = n - 1; i < x.Length; i++)
        {
            var (sum, squares, joint) = (0.0, 0.0, 0.0);
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += x[j];
            }

            var mean = sum / n;
            for (var j = 0; j < n; j++)
            {
                var off = x[i - n + 1 + j] - mean;
                squares += off * off;
                joint += (j + 1 - centre) * off;
            }

            var slope = joint / spread;
            var (end, distance) = (mean + (slope * (n - centre)), deviations * Math.Sqrt(squares / n));
            (middle[i], upper[i], lower[i], slopes[i]) = (end, end + distance, end - distance, slope);
        }
    }

    static void FractalBands(Columns columns, int span, Scratch s)
    {
        var (h, l, uppers, lowers) = (columns.Highs, columns.Lows, s[0], s[1]);
        Step.Undefined(uppers, 2 * span);
        Step.Undefined(lowers, 2 * span);
        var (upper, lower) = (double.NaN, double.NaN);
        for (var i = 2 * span; i < h.Length; i++)
        {
            upper = BareLevels.IsTop(h, i - span, span, span) ? h[i - span] : upper;
            lower = BareLevels.IsBottom(l, i - span, span, span) ? l[i - span] : lower;
            (uppers[i], lowers[i]) = (upper, lower);
        }
    }
}
