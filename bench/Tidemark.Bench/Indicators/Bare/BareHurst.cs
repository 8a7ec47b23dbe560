namespace Tidemark.Bench.Indicators.Bare;

/// <summary>The Hurst exponent by rescaled range as one would write it by hand over arrays.</summary>
static class BareHurst
{
    const int ShortestChunk = 8;
    const int MostChunks = 32;

    public static void Exponents(double[] x, int n, Scratch s)
    {
        var (plain, corrected, returns) = (s[0], s[1], s[2]);
        var sizes = Enumerable.Range(0, 6).Select(power => n >> power).Where(size => size >= ShortestChunk && n / size <= MostChunks).ToArray();
        var logs = sizes.Select(size => Math.Log10(size)).ToArray();
        var weights = logs.Select(log => (log - logs.Average()) / logs.Sum(other => Math.Pow(other - logs.Average(), 2))).ToArray();
        var corrections = sizes.Select(size => Math.Sqrt(Math.PI * size / 2) - Expected(size)).ToArray();

        Step.Undefined(plain, n);
        Step.Undefined(corrected, n);
        for (var i = 1; i < x.Length; i++)
        {
            returns[i] = Math.Log(x[i] / x[i - 1]);
            if (i < n)
            {
                continue;
            }

            var (exponent, adjusted) = (0.0, 0.0);
            for (var k = 0; k < sizes.Length; k++)
            {
                var (size, chunks) = (sizes[k], 1 << k);
                var sum = 0.0;
                for (var from = i + 1 - (size * chunks); from <= i; from += size)
                {
                    sum += RescaledRange(returns, from, size);
                }

                exponent += weights[k] * Math.Log10(sum / chunks);
                adjusted += weights[k] * Math.Log10((sum / chunks) + corrections[k]);
            }

            plain[i] = double.IsFinite(exponent) ? exponent : double.NaN;
            corrected[i] = double.IsFinite(exponent) ? adjusted : double.NaN;
        }
    }

    static double RescaledRange(double[] returns, int from, int size)
    {
        var mean = BareStatistics.Mean(returns, from, size);
        var (walk, top, bottom, squares) = (0.0, 0.0, 0.0, 0.0);
        for (var j = from; j < from + size; j++)
        {
            var step = returns[j] - mean;
            walk += step;
            squares += step * step;
            top = walk > top ? walk : top;
            bottom = walk < bottom ? walk : bottom;
        }

        return squares == 0 ? 0 : (top - bottom) / Math.Sqrt(squares / size);
    }

    // What Anis and Lloyd expect of chance in so short a chunk; gamma((n-1)/2) / gamma(n/2) steps up by (k-3)/(k-2).
    static double Expected(int size)
    {
        var ratio = size % 2 == 0 ? Math.Sqrt(Math.PI) : 2 / Math.Sqrt(Math.PI);
        for (var k = size % 2 == 0 ? 4 : 5; k <= size; k += 2)
        {
            ratio *= (k - 3.0) / (k - 2.0);
        }

        return ratio / Math.Sqrt(Math.PI) * Enumerable.Range(1, size - 1).Sum(k => Math.Sqrt((double)(size - k) / k));
    }
}
