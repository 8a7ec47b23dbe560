using Tidemark.Quant.Indicators.Volume;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Indicators of volume as one would write them by hand over arrays.</summary>
static class BareVolume
{
    const long Day = 86_400_000;

    public static Rival[] All =>
    [
        Rival.OfCandles<OnBalanceVolume, double>("OBV", () => new OnBalanceVolume(), (c, s) => OnBalance(c, s[0])),
        Rival.OfCandles<Vwap, double>("VWAP by day", () => new Vwap(VwapAnchor.Day), (c, s) => Vwap(c, s[0])),
        Rival.OfCandles<Vwma, double>("VWMA 14", () => new Vwma(14), (c, s) => Vwma(c, 14, s[0])),
        Rival.OfCandles<MoneyFlowIndex, double>("MFI 14", () => new MoneyFlowIndex(14), (c, s) => MoneyFlow(c, 14, s)),
        Rival.OfCandles<AccumulationDistribution, AccumulationDistributionValue>("ADL", () => default, (c, s) => Accumulation(c, s[0], s[1], s[2])),
        Rival.OfCandles<ChaikinMoneyFlow, ChaikinMoneyFlowValue>("CMF 20", () => new ChaikinMoneyFlow(20), (c, s) => ChaikinFlow(c, 20, s)),
        Rival.OfCandles<ChaikinOscillator, ChaikinOscillatorValue>("CHAIKIN 3, 10", () => new ChaikinOscillator(3, 10), (c, s) => ChaikinOscillator(c, 3, 10, s)),
        Rival.OfCandles<ForceIndex, double>("FORCE 2", () => new ForceIndex(2), (c, s) => Force(c, 2, s[0])),
        Rival.OfCandles<Klinger, KlingerValue>("KVO 34, 55, 13", () => new Klinger(34, 55, 13), (c, s) => Klinger(c, 34, 55, 13, s)),
        Rival.OfValues<PercentageVolume, PercentageVolumeValue>("PVO 12, 26, 9", () => new PercentageVolume(12, 26, 9), c => c.Volumes, (c, s) => Percentage(c.Volumes, 12, 26, 9, s)),
    ];

    static void OnBalance(Columns columns, double[] result)
    {
        var (c, v) = (columns.Closes, columns.Volumes);
        var balance = 0.0;
        result[0] = 0;
        for (var i = 1; i < c.Length; i++)
        {
            if (c[i] > c[i - 1])
            {
                balance += v[i];
            }
            else if (c[i] < c[i - 1])
            {
                balance -= v[i];
            }

            result[i] = balance;
        }
    }

    static void Vwap(Columns columns, double[] result)
    {
        var (t, h, l, c, v) = (columns.Times, columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var (day, money, volume) = (-1L, 0.0, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            if (t[i] / Day != day)
            {
                (day, money, volume) = (t[i] / Day, 0, 0);
            }

            money += (h[i] + l[i] + c[i]) / 3 * v[i];
            volume += v[i];
            result[i] = volume == 0 ? double.NaN : money / volume;
        }
    }

    static void Vwma(Columns columns, int n, double[] result)
    {
        var (c, v) = (columns.Closes, columns.Volumes);
        Step.Undefined(result, n - 1);
        var (money, volume) = (0.0, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            money += c[i] * v[i];
            volume += v[i];
            if (i >= n)
            {
                money -= c[i - n] * v[i - n];
                volume -= v[i - n];
            }

            if (i >= n - 1)
            {
                result[i] = volume == 0 ? double.NaN : money / volume;
            }
        }
    }

    static void MoneyFlow(Columns columns, int n, Scratch s)
    {
        var (h, l, c, v) = (columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var (result, risen, fallen) = (s[0], s[1], s[2]);
        Step.Undefined(result, n);
        var (rising, falling) = (0.0, 0.0);
        var before = (h[0] + l[0] + c[0]) / 3;
        for (var i = 1; i < c.Length; i++)
        {
            var price = (h[i] + l[i] + c[i]) / 3;
            risen[i] = price > before ? price * v[i] : 0;
            fallen[i] = price < before ? price * v[i] : 0;
            before = price;
            rising += risen[i] - (i > n ? risen[i - n] : 0);
            falling += fallen[i] - (i > n ? fallen[i - n] : 0);
            if (i >= n)
            {
                result[i] = falling == 0 ? 100 : 100 - (100 / (1 + (rising / falling)));
            }
        }
    }

    static void Accumulation(Columns columns, double[] lines, double[] flows, double[] multipliers)
    {
        var (h, l, c, v) = (columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var line = 0.0;
        for (var i = 0; i < c.Length; i++)
        {
            var multiplier = h[i] == l[i] ? 0 : (c[i] - l[i] - (h[i] - c[i])) / (h[i] - l[i]);
            var flow = multiplier * v[i];
            line += flow;
            (lines[i], flows[i], multipliers[i]) = (line, flow, multiplier);
        }
    }

    static void ChaikinFlow(Columns columns, int n, Scratch s)
    {
        var (h, l, c, v) = (columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var (result, flows, multipliers) = (s[0], s[1], s[2]);
        Step.Undefined(result, n - 1);
        var (money, volume) = (0.0, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            var multiplier = h[i] == l[i] ? 0 : (c[i] - l[i] - (h[i] - c[i])) / (h[i] - l[i]);
            (flows[i], multipliers[i]) = (multiplier * v[i], multiplier);
            money += flows[i];
            volume += v[i];
            if (i >= n)
            {
                money -= flows[i - n];
                volume -= v[i - n];
            }

            if (i >= n - 1)
            {
                result[i] = volume == 0 ? double.NaN : money / volume;
            }
        }
    }

    static void ChaikinOscillator(Columns columns, int fastPeriod, int slowPeriod, Scratch s)
    {
        var (result, quick, late, lines) = (s[0], s[1], s[2], s[3]);
        Accumulation(columns, lines, s[4], s[5]);
        var (fastWeight, slowWeight) = (2.0 / (fastPeriod + 1), 2.0 / (slowPeriod + 1));
        var (fast, slow) = (0.0, 0.0);
        for (var i = 0; i < lines.Length; i++)
        {
            fast = Step.Exponential(fast, lines[i], i, fastPeriod, fastWeight);
            slow = Step.Exponential(slow, lines[i], i, slowPeriod, slowWeight);
            quick[i] = i >= fastPeriod - 1 ? fast : double.NaN;
            late[i] = i >= slowPeriod - 1 ? slow : double.NaN;
            result[i] = quick[i] - late[i];
        }
    }

    static void Force(Columns columns, int n, double[] result)
    {
        var (c, v) = (columns.Closes, columns.Volumes);
        Step.Undefined(result, n);
        var (weight, mean) = (2.0 / (n + 1), 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            mean = Step.Exponential(mean, (c[i] - c[i - 1]) * v[i], i - 1, n, weight);
            if (i >= n)
            {
                result[i] = mean;
            }
        }
    }

    static void Klinger(Columns columns, int fastPeriod, int slowPeriod, int signalPeriod, Scratch s)
    {
        var (h, l, c, v) = (columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var (oscillator, signal) = (s[0], s[1]);
        var first = slowPeriod + 1;
        Step.Undefined(oscillator, first);
        Step.Undefined(signal, first + signalPeriod - 1);
        var (fastWeight, slowWeight, signalWeight) = (2.0 / (fastPeriod + 1), 2.0 / (slowPeriod + 1), 2.0 / (signalPeriod + 1));
        var (fast, slow, mean, cumulative, force) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var sumBefore = h[1] + l[1] + c[1];
        var trend = sumBefore > h[0] + l[0] + c[0] ? 1.0 : -1.0;
        for (var i = 2; i < c.Length; i++)
        {
            var (sum, range) = (h[i] + l[i] + c[i], h[i] - l[i]);
            var direction = sum > sumBefore ? 1.0 : -1.0;
            cumulative = range + (direction * trend > 0 ? cumulative : h[i - 1] - l[i - 1]);
            (sumBefore, trend) = (sum, direction);
            if (range == cumulative || v[i] == 0)
            {
                force = 0;
            }
            else if (range == 0)
            {
                force = v[i] * 2 * trend * 100;
            }
            else if (cumulative != 0)
            {
                force = v[i] * Math.Abs(2 * ((range / cumulative) - 1)) * trend * 100;
            }

            fast = Step.Exponential(fast, force, i - 2, fastPeriod, fastWeight);
            slow = Step.Exponential(slow, force, i - 2, slowPeriod, slowWeight);
            if (i < first)
            {
                continue;
            }

            oscillator[i] = fast - slow;
            mean = Step.Exponential(mean, fast - slow, i - first, signalPeriod, signalWeight);
            if (i >= first + signalPeriod - 1)
            {
                signal[i] = mean;
            }
        }
    }

    static void Percentage(double[] x, int fastPeriod, int slowPeriod, int signalPeriod, Scratch s)
    {
        var (pvo, signal, histogram) = (s[0], s[1], s[2]);
        var first = slowPeriod - 1;
        Step.Undefined(pvo, first);
        Step.Undefined(signal, first + signalPeriod - 1);
        Step.Undefined(histogram, first + signalPeriod - 1);
        var (fastWeight, slowWeight, signalWeight) = (2.0 / (fastPeriod + 1), 2.0 / (slowPeriod + 1), 2.0 / (signalPeriod + 1));
        var (fast, slow, mean) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            fast = Step.Exponential(fast, x[i], i, fastPeriod, fastWeight);
            slow = Step.Exponential(slow, x[i], i, slowPeriod, slowWeight);
            if (i < first)
            {
                continue;
            }

            pvo[i] = slow == 0 ? double.NaN : 100 * (fast - slow) / slow;
            mean = Step.Exponential(mean, pvo[i], i - first, signalPeriod, signalWeight);
            if (i >= first + signalPeriod - 1)
            {
                (signal[i], histogram[i]) = (mean, pvo[i] - mean);
            }
        }
    }
}
