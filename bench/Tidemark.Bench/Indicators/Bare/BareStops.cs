using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Stops;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Stops as one would write them by hand over arrays.</summary>
static class BareStops
{
    public static Rival[] All =>
    [
        Rival.OfCandles<Supertrend, SupertrendValue>("SUPERTREND 10, 3", () => new Supertrend(10, 3), (c, s) => Supertrend(c, 10, 3, s)),
        Rival.OfCandles<ParabolicSar, ParabolicSarValue>("PSAR 0.02, 0.2", () => new ParabolicSar(0.02, 0.2), (c, s) => ParabolicSar(c, 0.02, 0.2, s)),
        Rival.OfCandles<AtrStop, AtrStopValue>("ATRSTOP 21, 3", () => new AtrStop(21, 3, CandleEnd.Close), (c, s) => AtrStop(c, 21, 3, s)),
        Rival.OfCandles<ChandelierExit, double>("CHANDELIER 22, 3", () => new ChandelierExit(22, 3, PositionSide.Long), (c, s) => Chandelier(c, 22, 3, s)),
        Rival.OfCandles<VolatilityStop, VolatilityStopValue>("VOLSTOP 7, 3", () => new VolatilityStop(7, 3), (c, s) => VolatilityStop(c, 7, 3, s)),
    ];

    static void Supertrend(Columns columns, int n, double multiplier, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (line, over, under, direction) = (s[0], s[1], s[2], s[3]);
        Undefined(s, 4, n);
        var (atr, upper, lower, isUp) = (0.0, double.MaxValue, double.MinValue, c[n] >= (h[n] + l[n]) / 2);
        for (var i = 1; i < c.Length; i++)
        {
            atr = Step.Wilder(atr, Step.Range(h[i], l[i], c[i - 1]), i - 1, n);
            if (i < n)
            {
                continue;
            }

            var middle = (h[i] + l[i]) / 2;
            var (above, below) = (middle + (multiplier * atr), middle - (multiplier * atr));
            upper = above < upper || c[i - 1] > upper ? above : upper;
            lower = below > lower || c[i - 1] < lower ? below : lower;
            isUp = isUp ? c[i] > lower : c[i] > upper;
            line[i] = isUp ? lower : upper;
            over[i] = isUp ? double.NaN : upper;
            under[i] = isUp ? lower : double.NaN;
            direction[i] = isUp ? 1 : -1;
        }
    }

    static void ParabolicSar(Columns columns, double step, double limit, Scratch s)
    {
        var (h, l, result, reversals) = (columns.Highs, columns.Lows, s[0], s[1]);
        var (sar, extreme, speed, rising, settled) = (l[0], h[0], step, true, false);
        result[0] = reversals[0] = double.NaN;
        for (var i = 1; i < h.Length; i++)
        {
            sar += speed * (extreme - sar);
            if (i > 1)
            {
                sar = rising ? Math.Min(sar, Math.Min(l[i - 1], l[i - 2])) : Math.Max(sar, Math.Max(h[i - 1], h[i - 2]));
            }

            var turns = rising ? l[i] < sar : h[i] > sar;
            if (turns)
            {
                (sar, extreme, speed, rising) = (extreme, rising ? l[i] : h[i], step, !rising);
            }
            else if (rising ? h[i] > extreme : l[i] < extreme)
            {
                (extreme, speed) = (rising ? h[i] : l[i], Math.Min(speed + step, limit));
            }

            result[i] = settled ? sar : double.NaN;
            reversals[i] = settled ? (turns ? 1 : 0) : double.NaN;
            settled |= turns;
        }
    }

    static void AtrStop(Columns columns, int n, double multiplier, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (stop, buy, sell, atrs) = (s[0], s[1], s[2], s[3]);
        Undefined(s, 4, n);
        var (atr, upper, lower, isUp) = (0.0, double.MaxValue, double.MinValue, c[n] >= c[n - 1]);
        for (var i = 1; i < c.Length; i++)
        {
            atr = Step.Wilder(atr, Step.Range(h[i], l[i], c[i - 1]), i - 1, n);
            if (i < n)
            {
                continue;
            }

            var (above, below) = (c[i] + (multiplier * atr), c[i] - (multiplier * atr));
            upper = above < upper || c[i - 1] > upper ? above : upper;
            lower = below > lower || c[i - 1] < lower ? below : lower;
            isUp = isUp ? c[i] > lower : c[i] > upper;
            stop[i] = isUp ? lower : upper;
            buy[i] = isUp ? double.NaN : upper;
            sell[i] = isUp ? lower : double.NaN;
            atrs[i] = atr;
        }
    }

    static void Chandelier(Columns columns, int n, double multiplier, Scratch s)
    {
        var (h, l, c, exit, highest) = (columns.Highs, columns.Lows, columns.Closes, s[0], s[1]);
        Extremes.Highest(h, 0, n, highest);
        Step.Undefined(exit, n);
        var atr = 0.0;
        for (var i = 1; i < c.Length; i++)
        {
            atr = Step.Wilder(atr, Step.Range(h[i], l[i], c[i - 1]), i - 1, n);
            if (i >= n)
            {
                exit[i] = highest[i] - (multiplier * atr);
            }
        }
    }

    static void VolatilityStop(Columns columns, int n, double multiplier, Scratch s)
    {
        var (h, l, c) = (columns.Highs, columns.Lows, columns.Closes);
        var (stops, over, under, hits) = (s[0], s[1], s[2], s[3]);
        Undefined(s, 4, n + 1);
        var isLong = c[n - 1] > c[0];
        var (best, range) = (c[0], 0.0);
        for (var i = 1; i <= n; i++)
        {
            best = isLong ? Math.Max(best, c[i]) : Math.Min(best, c[i]);
            range += Step.Range(h[i], l[i], c[i - 1]);
        }

        var (atr, settled) = (range / n, false);
        for (var i = n + 1; i < c.Length; i++)
        {
            var stop = isLong ? best - (multiplier * atr) : best + (multiplier * atr);
            var hit = isLong ? c[i] < stop : c[i] > stop;
            stops[i] = settled ? stop : double.NaN;
            over[i] = settled && !isLong ? stop : double.NaN;
            under[i] = settled && isLong ? stop : double.NaN;
            hits[i] = settled ? (hit ? 1 : 0) : double.NaN;
            best = hit ? c[i] : isLong ? Math.Max(best, c[i]) : Math.Min(best, c[i]);
            isLong ^= hit;
            settled |= hit;
            atr = ((atr * (n - 1)) + Step.Range(h[i], l[i], c[i - 1])) / n;
        }
    }

    static void Undefined(Scratch s, int outputs, int count)
    {
        for (var output = 0; output < outputs; output++)
        {
            Step.Undefined(s[output], count);
        }
    }
}
