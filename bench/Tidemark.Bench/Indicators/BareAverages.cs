namespace Tidemark.Bench.Indicators;

/// <summary>Averages as one would write them by hand over arrays, once, for one purpose.</summary>
static class BareAverages
{
    public static void Sma(double[] x, int n, double[] result)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i];
            if (i >= n)
            {
                sum -= x[i - n];
            }

            result[i] = i >= n - 1 ? sum / n : double.NaN;
        }
    }

    public static void Ema(double[] x, int n, double[] result) => Smoothed(x, n, 2.0 / (n + 1), 0, result);

    public static void Smma(double[] x, int n, double[] result)
    {
        var value = 0.0;
        for (var i = 0; i < n; i++)
        {
            value += x[i] / n;
        }

        for (var i = n; i < x.Length; i++)
        {
            result[i] = value = ((value * (n - 1)) + x[i]) / n;
        }
    }

    /// <summary>Starts from the mean of n values from a place on.</summary>
    public static void Smoothed(double[] x, int n, double weight, int start, double[] result)
    {
        var value = 0.0;
        for (var i = 0; i < start + n; i++)
        {
            value += i >= start ? x[i] : 0;
            result[i] = double.NaN;
        }

        value /= n;
        result[start + n - 1] = value;
        for (var i = start + n; i < x.Length; i++)
        {
            value += weight * (x[i] - value);
            result[i] = value;
        }
    }

    public static void Wma(double[] x, int n, double[] result)
    {
        var divisor = n * (n + 1) / 2.0;
        for (var i = 0; i < x.Length; i++)
        {
            if (i < n - 1)
            {
                result[i] = double.NaN;
                continue;
            }

            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                sum += x[i - n + 1 + j] * (j + 1);
            }

            result[i] = sum / divisor;
        }
    }

    public static void Dema(double[] x, int n, double[] single, double[] result)
    {
        Ema(x, n, single);
        var weight = 2.0 / (n + 1);
        var twice = single[n - 1];
        for (var i = n - 1; i < x.Length; i++)
        {
            twice += weight * (single[i] - twice);
            result[i] = (2 * single[i]) - twice;
        }
    }

    public static void T3(double[] x, double[] result)
    {
        const double Volume = 0.7;
        var weight = 2.0 / 6;
        var (a, b, c, d, e, f) = (x[0], x[0], x[0], x[0], x[0], x[0]);
        var cube = Volume * Volume * Volume;
        var square = Volume * Volume;
        for (var i = 0; i < x.Length; i++)
        {
            a += weight * (x[i] - a);
            b += weight * (a - b);
            c += weight * (b - c);
            d += weight * (c - d);
            e += weight * (d - e);
            f += weight * (e - f);
            result[i] = (-cube * f) + (3 * (square + cube) * e)
                + (((-6 * square) - (3 * Volume) - (3 * cube)) * d) + ((1 + (3 * Volume) + cube + (3 * square)) * c);
        }
    }

    public static void Alma(double[] x, int n, double[] result)
    {
        var weights = new double[n];
        var total = 0.0;
        for (var j = 0; j < n; j++)
        {
            var off = j - (0.85 * (n - 1));
            weights[j] = Math.Exp(-(off * off) / (2 * (n / 6.0) * (n / 6.0)));
            total += weights[j];
        }

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

    public static void Ulcer(double[] x, int n, double[] result)
    {
        for (var i = n - 1; i < x.Length; i++)
        {
            var (top, sum) = (0.0, 0.0);
            for (var j = i - n + 1; j <= i; j++)
            {
                top = Math.Max(top, x[j]);
                var fall = 100 * (x[j] - top) / top;
                sum += fall * fall;
            }

            result[i] = Math.Sqrt(sum / n);
        }
    }

    public static void Kama(double[] x, int n, int fast, int slow, double[] kama, double[] ratio)
    {
        var (quick, late) = (2.0 / (fast + 1), 2.0 / (slow + 1));
        for (var i = 0; i < n; i++)
        {
            kama[i] = ratio[i] = double.NaN;
        }

        kama[n - 1] = x[n - 1];
        for (var i = n; i < x.Length; i++)
        {
            var path = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                path += Math.Abs(x[j] - x[j - 1]);
            }

            ratio[i] = path == 0 ? 0 : Math.Abs(x[i] - x[i - n]) / path;
            var weight = (ratio[i] * (quick - late)) + late;
            kama[i] = path == 0 ? x[i] : kama[i - 1] + (weight * weight * (x[i] - kama[i - 1]));
        }
    }

    public static void Deviation(double[] x, int n, double[] mean, double[] deviation)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (i < n - 1)
            {
                mean[i] = deviation[i] = double.NaN;
                continue;
            }

            var sum = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += x[j];
            }

            var middle = sum / n;
            var squares = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                squares += (x[j] - middle) * (x[j] - middle);
            }

            mean[i] = middle;
            deviation[i] = Math.Sqrt(squares / n);
        }
    }

    public static void Slope(double[] x, int n, double[] slope, double[] end)
    {
        var middle = (n + 1) / 2.0;
        for (var i = 0; i < x.Length; i++)
        {
            if (i < n - 1)
            {
                slope[i] = end[i] = double.NaN;
                continue;
            }

            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                sum += x[i - n + 1 + j];
            }

            var mean = sum / n;
            var (xx, xy) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var (a, b) = (j + 1 - middle, x[i - n + 1 + j] - mean);
                xx += a * a;
                xy += a * b;
            }

            slope[i] = xy / xx;
            end[i] = mean + (slope[i] * (n - middle));
        }
    }
}
