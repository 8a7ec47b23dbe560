using Tidemark.Quant.Indicators.Statistics;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Measures of a sample as one would write them by hand over arrays.</summary>
static class BareStatistics
{
    public static Rival[] All =>
    [
        Rival.OfCloses<StandardDeviation, StandardDeviationValue>("STDDEV 14", () => new StandardDeviation(14), (c, s) => Deviation(c.Closes, 14, s)),
        Rival.OfCloses<Slope, SlopeValue>("SLOPE 14", () => new Slope(14), (c, s) => Slope(c.Closes, 14, s)),
        Rival.OfCloses<MeanErrors, MeanErrorsValue>("SMAERROR 20", () => new MeanErrors(20), (c, s) => MeanErrors(c.Closes, 20, s)),
        Rival.OfCloses<Hurst, HurstValue>("HURST 100", () => new Hurst(100), (c, s) => BareHurst.Exponents(c.Closes, 100, s)),
        Rival.OfPairs<Correlation, CorrelationValue>("CORR 20", () => new Correlation(20), (c, s) => Correlation(c.Closes, c.Against, 20, s)),
        Rival.OfPairs<Beta, BetaValue>("BETA 50", () => new Beta(50), (c, s) => Beta(c.Closes, c.Against, 50, s)),
        Rival.OfPairs<RelativeStrength, RelativeStrengthValue>("PRS 20", () => new RelativeStrength(20), (c, s) => RelativeStrength(c.Closes, c.Against, 20, s)),
    ];

    public static double Mean(double[] x, int from, int n)
    {
        var sum = 0.0;
        for (var j = from; j < from + n; j++)
        {
            sum += x[j];
        }

        return sum / n;
    }

    static void Deviation(double[] x, int n, Scratch s)
    {
        var (deviations, means, scores) = (s[0], s[1], s[2]);
        Step.Undefined(deviations, n - 1);
        Step.Undefined(means, n - 1);
        Step.Undefined(scores, n - 1);
        for (var i = n - 1; i < x.Length; i++)
        {
            var mean = Mean(x, i - n + 1, n);
            var squares = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                squares += (x[j] - mean) * (x[j] - mean);
            }

            means[i] = mean;
            deviations[i] = Math.Sqrt(squares / n);
            scores[i] = deviations[i] == 0 ? double.NaN : (x[i] - mean) / deviations[i];
        }
    }

    static void Slope(double[] x, int n, Scratch s)
    {
        var (slopes, intercepts, deviations, agreements, ends) = (s[0], s[1], s[2], s[3], s[4]);
        for (var output = 0; output < 5; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        var middle = (n + 1) / 2.0;
        var xx = 0.0;
        for (var j = 1; j <= n; j++)
        {
            xx += (j - middle) * (j - middle);
        }

        for (var i = n - 1; i < x.Length; i++)
        {
            var mean = Mean(x, i - n + 1, n);
            var (yy, xy) = (0.0, 0.0);
            for (var j = 0; j < n; j++)
            {
                var y = x[i - n + 1 + j] - mean;
                yy += y * y;
                xy += (j + 1 - middle) * y;
            }

            var slope = xy / xx;
            slopes[i] = slope;
            intercepts[i] = mean + (slope * (n - i - 1 - middle));
            deviations[i] = Math.Sqrt(yy / n);
            agreements[i] = yy == 0 ? double.NaN : xy * xy / (xx * yy);
            ends[i] = mean + (slope * (n - middle));
        }
    }

    static void MeanErrors(double[] x, int n, Scratch s)
    {
        var (means, absolutes, squares, relatives) = (s[0], s[1], s[2], s[3]);
        for (var output = 0; output < 4; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        for (var i = n - 1; i < x.Length; i++)
        {
            var mean = Mean(x, i - n + 1, n);
            var (absolute, square, relative) = (0.0, 0.0, 0.0);
            for (var j = i - n + 1; j <= i; j++)
            {
                var error = Math.Abs(x[j] - mean);
                absolute += error;
                square += error * error;
                relative += x[j] == 0 ? double.NaN : error / x[j];
            }

            (means[i], absolutes[i], squares[i], relatives[i]) = (mean, absolute / n, square / n, relative / n);
        }
    }

    static void Correlation(double[] a, double[] b, int n, Scratch s)
    {
        var (correlations, squares, variancesA, variancesB, covariances) = (s[0], s[1], s[2], s[3], s[4]);
        for (var output = 0; output < 5; output++)
        {
            Step.Undefined(s[output], n - 1);
        }

        for (var i = n - 1; i < a.Length; i++)
        {
            var (aa, bb, ab) = Spread(a, b, i - n + 1, n);
            var divisor = Math.Sqrt(aa * bb);
            var correlation = divisor == 0 ? double.NaN : ab / divisor;
            (correlations[i], squares[i]) = (correlation, correlation * correlation);
            (variancesA[i], variancesB[i], covariances[i]) = (aa, bb, ab);
        }
    }

    static void Beta(double[] x, double[] market, int n, Scratch s)
    {
        var (beta, returns, marketReturns) = (s[0], s[1], s[2]);
        Step.Undefined(beta, n);
        returns[0] = marketReturns[0] = 0;
        for (var i = 1; i < x.Length; i++)
        {
            returns[i] = x[i - 1] == 0 ? 0 : (x[i] / x[i - 1]) - 1;
            marketReturns[i] = market[i - 1] == 0 ? 0 : (market[i] / market[i - 1]) - 1;
            if (i >= n)
            {
                var (_, variance, joint) = Spread(returns, marketReturns, i - n + 1, n);
                beta[i] = variance == 0 ? double.NaN : joint / variance;
            }
        }
    }

    static void RelativeStrength(double[] x, double[] market, int n, Scratch s)
    {
        var (ratio, lead) = (s[0], s[1]);
        Step.Undefined(lead, n);
        for (var i = 0; i < x.Length; i++)
        {
            ratio[i] = market[i] == 0 ? double.NaN : x[i] / market[i];
            if (i >= n)
            {
                lead[i] = x[i - n] == 0 || market[i - n] == 0
                    ? double.NaN
                    : ((x[i] - x[i - n]) / x[i - n]) - ((market[i] - market[i - n]) / market[i - n]);
            }
        }
    }

    static (double AA, double BB, double AB) Spread(double[] a, double[] b, int from, int n)
    {
        var (meanA, meanB) = (Mean(a, from, n), Mean(b, from, n));
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        for (var j = from; j < from + n; j++)
        {
            var (offA, offB) = (a[j] - meanA, b[j] - meanB);
            aa += offA * offA;
            bb += offB * offB;
            ab += offA * offB;
        }

        return (aa / n, bb / n, ab / n);
    }
}
