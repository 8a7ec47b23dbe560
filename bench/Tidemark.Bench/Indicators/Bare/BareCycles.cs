using Tidemark.Quant.Indicators.Cycles;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Ehlers' cycles as one would write them by hand over arrays.</summary>
static class BareCycles
{
    const int First = 6;
    const int Longest = 64;

    public static Rival[] All =>
    [
        Rival.OfValues<Mama, MamaValue>("MAMA 0.5, 0.05", () => new Mama(0.5, 0.05), c => c.Middles, (c, s) => Mama(c.Middles, 0.5, 0.05, s)),
        Rival.OfValues<HilbertTrendline, HilbertTrendlineValue>("HTL", () => new HilbertTrendline(), c => c.Middles, (c, s) => Trendline(c.Middles, s)),
    ];

    static void Mama(double[] x, double fastLimit, double slowLimit, Scratch s)
    {
        var (mama, fama, inPhase, quadrature) = (s[0], s[1], s[12], s[13]);
        Dominant(x, s);
        Step.Undefined(mama, First - 1);
        Step.Undefined(fama, First - 1);
        var sum = 0.0;
        for (var i = 0; i < First; i++)
        {
            sum += x[i];
        }

        var (quick, late, phase) = (sum / First, sum / First, 0.0);
        (mama[First - 1], fama[First - 1]) = (quick, late);
        for (var i = First; i < x.Length; i++)
        {
            var turned = inPhase[i] != 0 ? Math.Atan(quadrature[i] / inPhase[i]) * 180 / Math.PI : 0;
            var alpha = Math.Max(fastLimit / Math.Max(phase - turned, 1), slowLimit);
            phase = turned;
            mama[i] = quick = (alpha * x[i]) + ((1 - alpha) * quick);
            fama[i] = late = (0.5 * alpha * quick) + ((1 - (0.5 * alpha)) * late);
        }
    }

    static void Trendline(double[] x, Scratch s)
    {
        var (line, cycles, smoothed, smooth, periods) = (s[0], s[1], s[2], s[10], s[14]);
        Dominant(x, s);
        Step.Undefined(cycles, First);
        Step.Undefined(smoothed, First);
        Array.Copy(x, line, First);
        var (period, trend1, trend2, trend3) = (0.0, 0.0, 0.0, 0.0);
        for (var i = First; i < x.Length; i++)
        {
            period = (0.33 * periods[i]) + (0.67 * period);
            var cycle = Math.Min((int)(period + 0.5), Math.Min(i + 1, Longest));
            var sum = 0.0;
            for (var j = i - cycle + 1; j <= i; j++)
            {
                sum += x[j];
            }

            var trend = cycle > 0 ? sum / cycle : x[i];
            line[i] = i > First + 4 ? ((4 * trend) + (3 * trend1) + (2 * trend2) + trend3) / 10 : x[i];
            cycles[i] = cycle > 0 ? cycle : double.NaN;
            smoothed[i] = smooth[i];
            (trend3, trend2, trend1) = (trend2, trend1, trend);
        }
    }

    // Columns 10 to 14: smoothed price, detrended price, in-phase and quadrature part, dominant cycle.
    static void Dominant(double[] x, Scratch s)
    {
        var (smooth, detrended, inPhase, quadrature, periods) = (s[10], s[11], s[12], s[13], s[14]);
        for (var i = 0; i < First; i++)
        {
            smooth[i] = detrended[i] = inPhase[i] = quadrature[i] = 0;
        }

        var (i2, q2, re, im, period) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = First; i < x.Length; i++)
        {
            var adjustment = (0.075 * period) + 0.54;
            smooth[i] = ((4 * x[i]) + (3 * x[i - 1]) + (2 * x[i - 2]) + x[i - 3]) / 10;
            detrended[i] = Filtered(smooth, i) * adjustment;
            quadrature[i] = Filtered(detrended, i) * adjustment;
            inPhase[i] = detrended[i - 3];

            var (i2Before, q2Before) = (i2, q2);
            i2 = (0.2 * (inPhase[i] - (Filtered(quadrature, i) * adjustment))) + (0.8 * i2Before);
            q2 = (0.2 * (quadrature[i] + (Filtered(inPhase, i) * adjustment))) + (0.8 * q2Before);
            re = (0.2 * ((i2 * i2Before) + (q2 * q2Before))) + (0.8 * re);
            im = (0.2 * ((i2 * q2Before) - (q2 * i2Before))) + (0.8 * im);

            var measured = im != 0 && re != 0 ? 2 * Math.PI / Math.Atan(im / re) : 0;
            measured = Math.Max(Math.Min(measured, 1.5 * period), 0.67 * period);
            periods[i] = period = (0.2 * Math.Clamp(measured, 6, 50)) + (0.8 * period);
        }
    }

    static double Filtered(double[] x, int i) => (0.0962 * x[i]) + (0.5769 * x[i - 2]) - (0.5769 * x[i - 4]) - (0.0962 * x[i - 6]);
}
