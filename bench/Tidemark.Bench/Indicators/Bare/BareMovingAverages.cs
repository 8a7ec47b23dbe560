using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Moving averages as one would write them by hand over arrays, once, for one purpose.</summary>
static class BareMovingAverages
{
    public static Rival[] All =>
    [
        Rival.OfCloses<Sma, double>("SMA 20", () => new Sma(20), (c, s) => Simple(c.Closes, 20, s[0])),
        Rival.OfCloses<Ema, double>("EMA 20", () => new Ema(20), (c, s) => Exponential(c.Closes, 20, s[0])),
        Rival.OfCloses<Wma, double>("WMA 14", () => new Wma(14), (c, s) => Weighted(c.Closes, 0, 14, s[0])),
        Rival.OfCloses<Smma, double>("SMMA 20", () => new Smma(20), (c, s) => Smoothed(c.Closes, 20, s[0])),
        Rival.OfCloses<Dema, double>("DEMA 14", () => new Dema(14), (c, s) => Dema(c.Closes, 14, s[0])),
        Rival.OfCloses<Tema, double>("TEMA 20", () => new Tema(20), (c, s) => Tema(c.Closes, 20, s[0])),
        Rival.OfCloses<Hma, double>("HMA 14", () => new Hma(14), (c, s) => Hma(c.Closes, 14, s)),
        Rival.OfCloses<Alma, double>("ALMA 9, 0.85, 6", () => new Alma(9, 0.85, 6), (c, s) => Alma(c.Closes, 9, 0.85, 6, s[0])),
        Rival.OfCloses<Kama, KamaValue>("KAMA 10, 2, 30", () => new Kama(10, 2, 30), (c, s) => Kama(c.Closes, 10, 2, 30, s)),
        Rival.OfCloses<T3, double>("T3 5, 0.7", () => new T3(5, 0.7), (c, s) => T3(c.Closes, 5, 0.7, s[0])),
        Rival.OfCloses<Epma, double>("EPMA 10", () => new Epma(10), (c, s) => Epma(c.Closes, 10, s[0])),
        Rival.OfCloses<McGinleyDynamic, double>("DYNAMIC 14, 0.6", () => new McGinleyDynamic(14, 0.6), (c, s) => Dynamic(c.Closes, 14, 0.6, s[0])),
    ];

    static void Simple(double[] x, int n, double[] result)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] - (i >= n ? x[i - n] : 0);
            result[i] = i >= n - 1 ? sum / n : double.NaN;
        }
    }

    static void Exponential(double[] x, int n, double[] result)
    {
        var weight = 2.0 / (n + 1);
        var mean = Start(x, n, result);
        for (var i = n; i < x.Length; i++)
        {
            mean += weight * (x[i] - mean);
            result[i] = mean;
        }
    }

    static void Smoothed(double[] x, int n, double[] result)
    {
        var mean = Start(x, n, result);
        for (var i = n; i < x.Length; i++)
        {
            mean = ((mean * (n - 1)) + x[i]) / n;
            result[i] = mean;
        }
    }

    static void Weighted(double[] x, int start, int n, double[] result)
    {
        Step.Undefined(result, start + n - 1);
        var divisor = n * (n + 1) / 2.0;
        for (var i = start + n - 1; i < x.Length; i++)
        {
            result[i] = WeightedSum(x, i - n + 1, n) / divisor;
        }
    }

    static double WeightedSum(double[] x, int from, int n)
    {
        var sum = 0.0;
        for (var j = 0; j < n; j++)
        {
            sum += x[from + j] * (j + 1);
        }

        return sum;
    }

    static void Dema(double[] x, int n, double[] result)
    {
        var weight = 2.0 / (n + 1);
        var first = Start(x, n, result);
        var second = first;
        for (var i = n; i < x.Length; i++)
        {
            first += weight * (x[i] - first);
            second += weight * (first - second);
            result[i] = (2 * first) - second;
        }
    }

    static void Tema(double[] x, int n, double[] result)
    {
        var weight = 2.0 / (n + 1);
        var first = Start(x, n, result);
        var (second, third) = (first, first);
        for (var i = n; i < x.Length; i++)
        {
            first += weight * (x[i] - first);
            second += weight * (first - second);
            third += weight * (second - third);
            result[i] = (3 * first) - (3 * second) + third;
        }
    }

    static void Hma(double[] x, int n, Scratch s)
    {
        var (half, smooth, raw) = (n / 2, (int)Math.Sqrt(n), s[1]);
        var (divisor, halfDivisor) = (n * (n + 1) / 2.0, half * (half + 1) / 2.0);
        for (var i = n - 1; i < x.Length; i++)
        {
            raw[i] = (2 * (WeightedSum(x, i - half + 1, half) / halfDivisor)) - (WeightedSum(x, i - n + 1, n) / divisor);
        }

        Weighted(raw, n - 1, smooth, s[0]);
    }

    static void Alma(double[] x, int n, double offset, double sigma, double[] result)
    {
        var weights = new double[n];
        var total = 0.0;
        for (var j = 0; j < n; j++)
        {
            var off = j - (offset * (n - 1));
            weights[j] = Math.Exp(-(off * off) / (2 * (n / sigma) * (n / sigma)));
            total += weights[j];
        }

        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < x.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                sum += weights[j] * x[i - n + 1 + j];
            }

            result[i] = sum / total;
        }
    }

    static void Kama(double[] x, int n, int fast, int slow, Scratch s)
    {
        var (kama, ratio) = (s[0], s[1]);
        var (quick, late) = (2.0 / (fast + 1), 2.0 / (slow + 1));
        Step.Undefined(kama, n - 1);
        Step.Undefined(ratio, n);
        var (path, value) = (0.0, x[n - 1]);
        for (var i = 1; i < n; i++)
        {
            path += Math.Abs(x[i] - x[i - 1]);
        }

        kama[n - 1] = value;
        for (var i = n; i < x.Length; i++)
        {
            path += Math.Abs(x[i] - x[i - 1]) - (i > n ? Math.Abs(x[i - n] - x[i - n - 1]) : 0);
            ratio[i] = path == 0 ? 0 : Math.Abs(x[i] - x[i - n]) / path;
            var weight = (ratio[i] * (quick - late)) + late;
            value = path == 0 ? x[i] : value + (weight * weight * (x[i] - value));
            kama[i] = value;
        }
    }

    static void T3(double[] x, int n, double volume, double[] result)
    {
        var weight = 2.0 / (n + 1);
        var (square, cube) = (volume * volume, volume * volume * volume);
        var (c1, c2) = (-cube, 3 * (square + cube));
        var (c3, c4) = ((-6 * square) - (3 * volume) - (3 * cube), 1 + (3 * volume) + cube + (3 * square));
        var (a, b, c, d, e, f) = (x[0], x[0], x[0], x[0], x[0], x[0]);
        for (var i = 0; i < x.Length; i++)
        {
            a += weight * (x[i] - a);
            b += weight * (a - b);
            c += weight * (b - c);
            d += weight * (c - d);
            e += weight * (d - e);
            f += weight * (e - f);
            result[i] = (c1 * f) + (c2 * e) + (c3 * d) + (c4 * c);
        }
    }

    static void Epma(double[] x, int n, double[] result)
    {
        var middle = (n + 1) / 2.0;
        var spread = 0.0;
        for (var j = 1; j <= n; j++)
        {
            spread += (j - middle) * (j - middle);
        }

        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < x.Length; i++)
        {
            var (sum, joint) = (0.0, 0.0);
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += x[j];
            }

            var mean = sum / n;
            for (var j = 0; j < n; j++)
            {
                joint += (j + 1 - middle) * (x[i - n + 1 + j] - mean);
            }

            result[i] = mean + (joint / spread * (n - middle));
        }
    }

    static void Dynamic(double[] x, int n, double factor, double[] result)
    {
        var scale = factor * n;
        var value = x[0];
        result[0] = double.NaN;
        for (var i = 1; i < x.Length; i++)
        {
            var ratio = x[i] / value;
            value += (x[i] - value) / (scale * (ratio * ratio) * (ratio * ratio));
            result[i] = value;
        }
    }

    // Writes the mean of the first n values at the n-th.
    static double Start(double[] x, int n, double[] result)
    {
        Step.Undefined(result, n - 1);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += x[i];
        }

        return result[n - 1] = sum / n;
    }
}
