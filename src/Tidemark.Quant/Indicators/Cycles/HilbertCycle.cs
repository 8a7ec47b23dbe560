namespace Tidemark.Quant.Indicators.Cycles;

/// <summary>
/// Ehlers' homodyne measurement of the dominant cycle, in candles; the core of both the adaptive average and the trendline.
/// It keeps the seven last values of each filtered series.
/// </summary>
struct HilbertCycle
{
    const double Outer = 0.0962;
    const double Inner = 0.5769;

    Taps smooth;
    Taps detrended;
    Taps quadrature;
    Taps inPhase;
    double price1;
    double price2;
    double price3;
    double inPhaseBefore;
    double quadratureBefore;
    double re;
    double im;

    public double Period { get; private set; }

    public readonly double Smooth => smooth.T0;

    public readonly double Quadrature => quadrature.T0;

    public readonly double InPhase => inPhase.T0;

    /// <summary>Takes a price, in its unit, that the cycle is not measured on yet.</summary>
    public void Remember(double price)
    {
        (price3, price2, price1) = (price2, price1, price);
        smooth.Push(0);
        detrended.Push(0);
        quadrature.Push(0);
        inPhase.Push(0);
    }

    public void Measure(double price)
    {
        var adjustment = (0.075 * Period) + 0.54;
        smooth.Push(((4 * price) + (3 * price1) + (2 * price2) + price3) / 10);
        (price3, price2, price1) = (price2, price1, price);

        detrended.Push(smooth.Filtered * adjustment);
        quadrature.Push(detrended.Filtered * adjustment);
        inPhase.Push(detrended.T3);

        var i2 = (0.2 * (inPhase.T0 - (quadrature.Filtered * adjustment))) + (0.8 * inPhaseBefore);
        var q2 = (0.2 * (quadrature.T0 + (inPhase.Filtered * adjustment))) + (0.8 * quadratureBefore);
        re = (0.2 * ((i2 * inPhaseBefore) + (q2 * quadratureBefore))) + (0.8 * re);
        im = (0.2 * ((i2 * quadratureBefore) - (q2 * inPhaseBefore))) + (0.8 * im);
        (inPhaseBefore, quadratureBefore) = (i2, q2);

        Period = Limit(im != 0 && re != 0 ? 2 * Math.PI / Math.Atan(im / re) : 0);
    }

    readonly double Limit(double period)
    {
        period = period > 1.5 * Period ? 1.5 * Period : period;
        period = period < 0.67 * Period ? 0.67 * Period : period;
        return (0.2 * Math.Clamp(period, 6, 50)) + (0.8 * Period);
    }

    struct Taps
    {
        public double T0;
        double t1;
        double t2;
        public double T3;
        double t4;
        double t5;
        double t6;

        public readonly double Filtered => (Outer * T0) + (Inner * t2) - (Inner * t4) - (Outer * t6);

        public void Push(double value) =>
            (t6, t5, t4, T3, t2, t1, T0) = (t5, t4, T3, t2, t1, T0, value);
    }
}
