using Tidemark.Quant.Indicators.Momentum;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Indicators of momentum as one would write them by hand over arrays.</summary>
static class BareMomentum
{
    public static Rival[] All =>
    [
        Rival.OfCloses<Macd, MacdValue>("MACD 12, 26, 9", () => new Macd(12, 26, 9), (c, s) => Macd(c.Closes, 12, 26, 9, s)),
        Rival.OfCloses<RateOfChange, RateOfChangeValue>("ROC 14", () => new RateOfChange(14), (c, s) => RateOfChange(c.Closes, 14, s)),
        Rival.OfCloses<RateOfChangeBands, RateOfChangeBandsValue>("ROCWB 20, 5, 5", () => new RateOfChangeBands(20, 5, 5), (c, s) => RateOfChangeBands(c.Closes, 20, 5, 5, s)),
        Rival.OfCloses<PriceMomentum, PriceMomentumValue>("PMO 35, 20, 10", () => new PriceMomentum(35, 20, 10), (c, s) => PriceMomentum(c.Closes, 35, 20, 10, s)),
        Rival.OfCloses<TrueStrength, TrueStrengthValue>("TSI 25, 13, 7", () => new TrueStrength(25, 13, 7), (c, s) => TrueStrength(c.Closes, 25, 13, 7, s)),
        Rival.OfCloses<Trix, TrixValue>("TRIX 14", () => new Trix(14), (c, s) => Trix(c.Closes, 14, s)),
        Rival.OfValues<AwesomeOscillator, AwesomeOscillatorValue>("AO 5, 34", () => new AwesomeOscillator(5, 34), c => c.Middles, (c, s) => Awesome(c.Middles, 5, 34, s)),
        Rival.OfCandles<BalanceOfPower, double>("BOP 14", () => new BalanceOfPower(14), (c, s) => BalanceOfPower(c, 14, s)),
        Rival.OfCloses<DetrendedPrice, DetrendedPriceValue>("DPO 14", () => new DetrendedPrice(14), (c, s) => DetrendedPrice(c.Closes, 14, s)),
        Rival.OfCandles<ElderRay, ElderRayValue>("ELDERRAY 13", () => new ElderRay(13), (c, s) => ElderRay(c, 13, s)),
    ];

    static void Macd(double[] x, int fastPeriod, int slowPeriod, int signalPeriod, Scratch s)
    {
        var (macd, signal, histogram, quick, late) = (s[0], s[1], s[2], s[3], s[4]);
        var (fastWeight, slowWeight, signalWeight) = (2.0 / (fastPeriod + 1), 2.0 / (slowPeriod + 1), 2.0 / (signalPeriod + 1));
        var (fast, slow, mean) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            fast = Step.Exponential(fast, x[i], i, fastPeriod, fastWeight);
            slow = Step.Exponential(slow, x[i], i, slowPeriod, slowWeight);
            quick[i] = i >= fastPeriod - 1 ? fast : double.NaN;
            late[i] = i >= slowPeriod - 1 ? slow : double.NaN;
            if (i < slowPeriod - 1)
            {
                macd[i] = signal[i] = histogram[i] = double.NaN;
                continue;
            }

            macd[i] = fast - slow;
            mean = Step.Exponential(mean, fast - slow, i - slowPeriod + 1, signalPeriod, signalWeight);
            signal[i] = i >= slowPeriod + signalPeriod - 2 ? mean : double.NaN;
            histogram[i] = macd[i] - signal[i];
        }
    }

    static void RateOfChange(double[] x, int n, Scratch s)
    {
        var (roc, momentum) = (s[0], s[1]);
        Step.Undefined(roc, n);
        Step.Undefined(momentum, n);
        for (var i = n; i < x.Length; i++)
        {
            momentum[i] = x[i] - x[i - n];
            roc[i] = x[i - n] == 0 ? double.NaN : 100 * momentum[i] / x[i - n];
        }
    }

    static void RateOfChangeBands(double[] x, int n, int meanPeriod, int deviationPeriod, Scratch s)
    {
        var (roc, means, upper, lower) = (s[0], s[1], s[2], s[3]);
        Step.Undefined(roc, n);
        Step.Undefined(means, n + meanPeriod - 1);
        Step.Undefined(upper, n + deviationPeriod - 1);
        Step.Undefined(lower, n + deviationPeriod - 1);
        var weight = 2.0 / (meanPeriod + 1);
        var (mean, squares) = (0.0, 0.0);
        for (var i = n; i < x.Length; i++)
        {
            var rate = 100 * (x[i] - x[i - n]) / x[i - n];
            roc[i] = rate;
            mean = Step.Exponential(mean, rate, i - n, meanPeriod, weight);
            squares += rate * rate;
            if (i >= n + deviationPeriod)
            {
                squares -= roc[i - deviationPeriod] * roc[i - deviationPeriod];
            }

            if (i >= n + meanPeriod - 1)
            {
                means[i] = mean;
            }

            if (i >= n + deviationPeriod - 1)
            {
                upper[i] = Math.Sqrt(Math.Max(squares, 0) / deviationPeriod);
                lower[i] = -upper[i];
            }
        }
    }

    static void PriceMomentum(double[] x, int timePeriod, int smoothPeriod, int signalPeriod, Scratch s)
    {
        var (pmo, signal) = (s[0], s[1]);
        var (timeWeight, smoothWeight, signalWeight) = (2.0 / timePeriod, 2.0 / smoothPeriod, 2.0 / (signalPeriod + 1));
        var (second, third) = (timePeriod, timePeriod + smoothPeriod - 1);
        Step.Undefined(pmo, third);
        Step.Undefined(signal, third + signalPeriod - 1);
        var (rate, smooth, mean) = (0.0, 0.0, 0.0);
        for (var i = 1; i < x.Length; i++)
        {
            rate = Step.Exponential(rate, 100 * (x[i] - x[i - 1]) / x[i - 1], i - 1, timePeriod, timeWeight);
            if (i < second)
            {
                continue;
            }

            smooth = Step.Exponential(smooth, 10 * rate, i - second, smoothPeriod, smoothWeight);
            if (i < third)
            {
                continue;
            }

            pmo[i] = smooth;
            mean = Step.Exponential(mean, smooth, i - third, signalPeriod, signalWeight);
            if (i >= third + signalPeriod - 1)
            {
                signal[i] = mean;
            }
        }
    }

    static void TrueStrength(double[] x, int longPeriod, int shortPeriod, int signalPeriod, Scratch s)
    {
        var (tsi, signal) = (s[0], s[1]);
        var (longWeight, shortWeight, signalWeight) = (2.0 / (longPeriod + 1), 2.0 / (shortPeriod + 1), 2.0 / (signalPeriod + 1));
        var (second, third) = (longPeriod, longPeriod + shortPeriod - 1);
        Step.Undefined(tsi, third);
        Step.Undefined(signal, third + signalPeriod - 1);
        var (longChange, longSize, change, size, mean) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 1; i < x.Length; i++)
        {
            var step = x[i] - x[i - 1];
            longChange = Step.Exponential(longChange, step, i - 1, longPeriod, longWeight);
            longSize = Step.Exponential(longSize, Math.Abs(step), i - 1, longPeriod, longWeight);
            if (i < second)
            {
                continue;
            }

            change = Step.Exponential(change, longChange, i - second, shortPeriod, shortWeight);
            size = Step.Exponential(size, longSize, i - second, shortPeriod, shortWeight);
            if (i < third)
            {
                continue;
            }

            tsi[i] = size == 0 ? double.NaN : 100 * (change / size);
            mean = Step.Exponential(mean, tsi[i], i - third, signalPeriod, signalWeight);
            if (i >= third + signalPeriod - 1)
            {
                signal[i] = mean;
            }
        }
    }

    static void Trix(double[] x, int n, Scratch s)
    {
        var (trix, triple) = (s[0], s[1]);
        Step.Undefined(trix, n);
        Step.Undefined(triple, n);
        var weight = 2.0 / (n + 1);
        var first = 0.0;
        for (var i = 0; i < n; i++)
        {
            first += x[i];
        }

        first /= n;
        var (second, third) = (first, first);
        for (var i = n; i < x.Length; i++)
        {
            var before = third;
            first += weight * (x[i] - first);
            second += weight * (first - second);
            third += weight * (second - third);
            trix[i] = before == 0 ? double.NaN : 100 * (third - before) / before;
            triple[i] = third;
        }
    }

    static void Awesome(double[] x, int fast, int slow, Scratch s)
    {
        var (oscillator, normalized) = (s[0], s[1]);
        Step.Undefined(oscillator, slow - 1);
        Step.Undefined(normalized, slow - 1);
        var (quick, late) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            quick += x[i] - (i >= fast ? x[i - fast] : 0);
            late += x[i] - (i >= slow ? x[i - slow] : 0);
            if (i >= slow - 1)
            {
                oscillator[i] = (quick / fast) - (late / slow);
                normalized[i] = x[i] == 0 ? double.NaN : 100 * oscillator[i] / x[i];
            }
        }
    }

    static void BalanceOfPower(Columns columns, int n, Scratch s)
    {
        var (o, h, l, c) = (columns.Opens, columns.Highs, columns.Lows, columns.Closes);
        var (result, shares) = (s[0], s[1]);
        Step.Undefined(result, n - 1);
        var sum = 0.0;
        for (var i = 0; i < c.Length; i++)
        {
            shares[i] = h[i] == l[i] ? 0 : (c[i] - o[i]) / (h[i] - l[i]);
            sum += shares[i] - (i >= n ? shares[i - n] : 0);
            if (i >= n - 1)
            {
                result[i] = sum / n;
            }
        }
    }

    static void DetrendedPrice(double[] x, int n, Scratch s)
    {
        var (dpo, mean, back) = (s[0], s[1], (n / 2) + 1);
        Step.Undefined(dpo, n - 1);
        Step.Undefined(mean, n - 1);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] - (i >= n ? x[i - n] : 0);
            if (i >= n - 1)
            {
                mean[i] = sum / n;
                dpo[i] = x[i - back] - mean[i];
            }
        }
    }

    static void ElderRay(Columns columns, int n, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (bull, bear, means) = (s[0], s[1], s[2]);
        Step.Undefined(bull, n - 1);
        Step.Undefined(bear, n - 1);
        Step.Undefined(means, n - 1);
        var (weight, mean) = (2.0 / (n + 1), 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            mean = Step.Exponential(mean, c[i], i, n, weight);
            if (i >= n - 1)
            {
                (bull[i], bear[i], means[i]) = (h[i] - mean, l[i] - mean, mean);
            }
        }
    }
}
