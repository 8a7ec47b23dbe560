using Tidemark.Quant.Indicators.Oscillators;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Oscillators as one would write them by hand over arrays.</summary>
static class BareOscillators
{
    public static Rival[] All =>
    [
        Rival.OfCloses<Rsi, double>("RSI 14", () => new Rsi(14), (c, s) => Rsi(c.Closes, 14, s[0])),
        Rival.OfCandles<Stochastic, StochasticValue>("STOCH 14, 3, 3", () => new Stochastic(14, 3, 3), (c, s) => Stochastic(c, 14, 3, 3, s)),
        Rival.OfCloses<StochasticRsi, StochasticRsiValue>("STOCHRSI 14, 14, 3, 1", () => new StochasticRsi(14, 14, 3, 1), (c, s) => StochasticRsi(c.Closes, 14, 14, 3, s)),
        Rival.OfCloses<ConnorsRsi, ConnorsRsiValue>("CRSI 3, 2, 100", () => new ConnorsRsi(3, 2, 100), (c, s) => ConnorsRsi(c.Closes, 3, 2, 100, s)),
        Rival.OfCandles<WilliamsR, double>("WILLR 14", () => new WilliamsR(14), (c, s) => WilliamsR(c, 14, s)),
        Rival.OfValues<CommodityChannel, double>("CCI 20", () => new CommodityChannel(20), c => c.Typical, (c, s) => CommodityChannel(c.Typical, 20, s[0])),
        Rival.OfCloses<ChandeMomentum, double>("CMO 14", () => new ChandeMomentum(14), (c, s) => ChandeMomentum(c.Closes, 14, s[0])),
        Rival.OfCandles<UltimateOscillator, double>("UO 7, 14, 28", () => new UltimateOscillator(7, 14, 28), (c, s) => Ultimate(c, 7, 14, 28, s)),
        Rival.OfCandles<StochasticMomentum, StochasticMomentumValue>("SMI 13, 25, 2, 3", () => new StochasticMomentum(13, 25, 2, 3), (c, s) => StochasticMomentum(c, 13, 25, 2, 3, s)),
        Rival.OfCloses<SchaffTrendCycle, double>("STC 10, 23, 50", () => new SchaffTrendCycle(10, 23, 50), (c, s) => SchaffTrendCycle(c.Closes, 10, 23, 50, s)),
        Rival.OfValues<Fisher, FisherValue>("FISHER 10", () => new Fisher(10), c => c.Middles, (c, s) => Fisher(c.Middles, 10, s)),
    ];

    static void Rsi(double[] x, int n, double[] result)
    {
        Step.Undefined(result, n);
        var (gain, loss) = (0.0, 0.0);
        for (var i = 1; i < x.Length; i++)
        {
            var change = x[i] - x[i - 1];
            gain = Step.Wilder(gain, change > 0 ? change : 0, i - 1, n);
            loss = Step.Wilder(loss, change < 0 ? -change : 0, i - 1, n);
            if (i >= n)
            {
                result[i] = loss == 0 ? 100 : 100 - (100 / (1 + (gain / loss)));
            }
        }
    }

    static void Stochastic(Columns columns, int n, int signal, int smooth, Scratch s)
    {
        var (c, k, d, j, raw, top, bottom) = (columns.Closes, s[0], s[1], s[2], s[3], s[4], s[5]);
        Extremes.Highest(columns.Highs, 0, n, top);
        Extremes.Lowest(columns.Lows, 0, n, bottom);
        for (var i = n - 1; i < c.Length; i++)
        {
            raw[i] = top[i] == bottom[i] ? 0 : 100 * (c[i] - bottom[i]) / (top[i] - bottom[i]);
        }

        Mean(raw, n - 1, smooth, k);
        Mean(k, n + smooth - 2, signal, d);
        for (var i = 0; i < c.Length; i++)
        {
            j[i] = (3 * k[i]) - (2 * d[i]);
        }
    }

    static void StochasticRsi(double[] x, int rsiPeriod, int n, int signal, Scratch s)
    {
        var (position, mean, rsi, top, bottom) = (s[0], s[1], s[2], s[3], s[4]);
        Rsi(x, rsiPeriod, rsi);
        Extremes.Highest(rsi, rsiPeriod, n, top);
        Extremes.Lowest(rsi, rsiPeriod, n, bottom);
        var first = rsiPeriod + n - 1;
        Step.Undefined(position, first);
        for (var i = first; i < x.Length; i++)
        {
            position[i] = top[i] == bottom[i] ? 0 : 100 * (rsi[i] - bottom[i]) / (top[i] - bottom[i]);
        }

        Mean(position, first, signal, mean);
    }

    static void ConnorsRsi(double[] x, int rsiPeriod, int streakPeriod, int rankPeriod, Scratch s)
    {
        var (all, rsi, streakRsi, rank, streaks, changes) = (s[0], s[1], s[2], s[3], s[4], s[5]);
        var streak = 0;
        (streaks[0], changes[0]) = (0, double.NaN);
        for (var i = 1; i < x.Length; i++)
        {
            streak = x[i] > x[i - 1] ? Math.Max(streak, 0) + 1 : x[i] < x[i - 1] ? Math.Min(streak, 0) - 1 : 0;
            streaks[i] = streak;
            changes[i] = (x[i] / x[i - 1]) - 1;
        }

        Rsi(x, rsiPeriod, rsi);
        Rsi(streaks, streakPeriod, streakRsi);
        Step.Undefined(streakRsi, streakPeriod + 2);
        Step.Undefined(rank, rankPeriod);
        Step.Undefined(all, rankPeriod + 1);
        for (var i = rankPeriod; i < x.Length; i++)
        {
            var below = 0;
            for (var j = i - rankPeriod; j < i; j++)
            {
                below += changes[j] < changes[i] ? 1 : 0;
            }

            rank[i] = 100.0 * below / rankPeriod;
            all[i] = i > rankPeriod ? (rsi[i] + streakRsi[i] + rank[i]) / 3 : double.NaN;
        }
    }

    static void WilliamsR(Columns columns, int n, Scratch s)
    {
        var (c, result, top, bottom) = (columns.Closes, s[0], s[1], s[2]);
        Extremes.Highest(columns.Highs, 0, n, top);
        Extremes.Lowest(columns.Lows, 0, n, bottom);
        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < c.Length; i++)
        {
            result[i] = top[i] == bottom[i] ? -100 : -100 * (top[i] - c[i]) / (top[i] - bottom[i]);
        }
    }

    static void CommodityChannel(double[] price, int n, double[] result)
    {
        Step.Undefined(result, n - 1);
        for (var i = n - 1; i < price.Length; i++)
        {
            var sum = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += price[j];
            }

            var mean = sum / n;
            var off = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                off += Math.Abs(price[j] - mean);
            }

            result[i] = off == 0 ? double.NaN : (price[i] - mean) / (0.015 * off / n);
        }
    }

    static void ChandeMomentum(double[] x, int n, double[] result)
    {
        Step.Undefined(result, n);
        var (rises, falls) = (0.0, 0.0);
        for (var i = 1; i < x.Length; i++)
        {
            var change = x[i] - x[i - 1];
            rises += change > 0 ? change : 0;
            falls += change < 0 ? -change : 0;
            if (i > n)
            {
                var old = x[i - n] - x[i - n - 1];
                rises -= old > 0 ? old : 0;
                falls -= old < 0 ? -old : 0;
            }

            if (i >= n)
            {
                result[i] = rises + falls == 0 ? double.NaN : 100 * (rises - falls) / (rises + falls);
            }
        }
    }

    static void Ultimate(Columns columns, int brief, int middle, int lasting, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (result, pressures, ranges) = (s[0], s[1], s[2]);
        Step.Undefined(result, lasting);
        var (p1, p2, p3, r1, r2, r3) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            var low = Math.Min(l[i], c[i - 1]);
            var (pressure, range) = (c[i] - low, Math.Max(h[i], c[i - 1]) - low);
            (pressures[i], ranges[i]) = (pressure, range);
            p1 += pressure - (i > brief ? pressures[i - brief] : 0);
            r1 += range - (i > brief ? ranges[i - brief] : 0);
            p2 += pressure - (i > middle ? pressures[i - middle] : 0);
            r2 += range - (i > middle ? ranges[i - middle] : 0);
            p3 += pressure - (i > lasting ? pressures[i - lasting] : 0);
            r3 += range - (i > lasting ? ranges[i - lasting] : 0);
            if (i >= lasting)
            {
                result[i] = r1 == 0 || r2 == 0 || r3 == 0 ? double.NaN : 100 * ((4 * p1 / r1) + (2 * p2 / r2) + (p3 / r3)) / 7;
            }
        }
    }

    static void StochasticMomentum(Columns columns, int n, int firstSmooth, int secondSmooth, int signalPeriod, Scratch s)
    {
        var (c, smi, signal, top, bottom) = (columns.Closes, s[0], s[1], s[2], s[3]);
        Extremes.Highest(columns.Highs, 0, n, top);
        Extremes.Lowest(columns.Lows, 0, n, bottom);
        Step.Undefined(smi, n - 1);
        Step.Undefined(signal, n - 1);
        var (w1, w2, w3) = (2.0 / (firstSmooth + 1), 2.0 / (secondSmooth + 1), 2.0 / (signalPeriod + 1));
        var offset1 = c[n - 1] - ((bottom[n - 1] + top[n - 1]) / 2);
        var span1 = top[n - 1] - bottom[n - 1];
        var (offset2, span2, mean) = (offset1, span1, double.NaN);
        for (var i = n - 1; i < c.Length; i++)
        {
            offset1 += w1 * (c[i] - ((bottom[i] + top[i]) / 2) - offset1);
            offset2 += w2 * (offset1 - offset2);
            span1 += w1 * (top[i] - bottom[i] - span1);
            span2 += w2 * (span1 - span2);
            if (span2 == 0)
            {
                smi[i] = signal[i] = double.NaN;
                continue;
            }

            smi[i] = 100 * (offset2 / (span2 / 2));
            signal[i] = mean = double.IsNaN(mean) ? smi[i] : mean + (w3 * (smi[i] - mean));
        }
    }

    static void SchaffTrendCycle(double[] x, int n, int fastPeriod, int slowPeriod, Scratch s)
    {
        var (result, macd, raw, top, bottom) = (s[0], s[1], s[2], s[3], s[4]);
        var (fastWeight, slowWeight) = (2.0 / (fastPeriod + 1), 2.0 / (slowPeriod + 1));
        var (fast, slow) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            fast = Step.Exponential(fast, x[i], i, fastPeriod, fastWeight);
            slow = Step.Exponential(slow, x[i], i, slowPeriod, slowWeight);
            macd[i] = fast - slow;
        }

        Extremes.Highest(macd, slowPeriod - 1, n, top);
        Extremes.Lowest(macd, slowPeriod - 1, n, bottom);
        var first = slowPeriod + n - 2;
        for (var i = first; i < x.Length; i++)
        {
            raw[i] = top[i] == bottom[i] ? 0 : 100 * (macd[i] - bottom[i]) / (top[i] - bottom[i]);
        }

        Mean(raw, first, 3, result);
    }

    static void Fisher(double[] x, int n, Scratch s)
    {
        var (fisher, trigger, top, bottom) = (s[0], s[1], s[2], s[3]);
        Extremes.Highest(x, 0, n, top);
        Extremes.Lowest(x, 0, n, bottom);
        var (position, last) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var span = top[i] - bottom[i];
            position = span == 0 ? 0 : (0.66 * (((x[i] - bottom[i]) / span) - 0.5)) + (0.67 * position);
            position = position > 0.99 ? 0.999 : position;
            position = position < -0.99 ? -0.999 : position;
            trigger[i] = i == 0 ? double.NaN : last;
            fisher[i] = last = (0.5 * Math.Log((1 + position) / (1 - position))) + (0.5 * last);
        }
    }

    static void Mean(double[] x, int start, int n, double[] result)
    {
        Step.Undefined(result, start + n - 1);
        var sum = 0.0;
        for (var i = start; i < x.Length; i++)
        {
            sum += x[i] - (i >= start + n ? x[i - n] : 0);
            if (i >= start + n - 1)
            {
                result[i] = sum / n;
            }
        }
    }
}
