namespace Tidemark.Quant.Indicators.Cycles;

/// <summary>The adaptive average and the one that follows it, in the unit of the values.</summary>
public readonly record struct MamaValue(double Mama, double Fama);

/// <summary>MESA adaptive moving average: its speed follows the rate at which the phase of the dominant cycle changes.</summary>
public struct Mama(double fastLimit, double slowLimit) : IIndicator<double, MamaValue>
{
    const int FirstIndex = 5;

    HilbertCycle cycle;
    int seen;
    double sum;
    double phase;
    double mama;
    double fama;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("MAMA", "MESA adaptive moving average", IndicatorGroup.Cycles, IndicatorPlacement.Overlay, "A mean that follows the phase of the market's cycle.")
        .Number("fastLimit", 0.5, 0.01, 0.99)
        .Number("slowLimit", 0.05, 0.001, 0.99)
        .Output("mama", _ => FirstIndex)
        .Output("fama", _ => FirstIndex)
        .OnValues<Mama, MamaValue>(p => new Mama(p[0], p[1]), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers both averages.</summary>
    public MamaValue Next(in double input)
    {
        if (seen <= FirstIndex)
        {
            return Start(input);
        }

        cycle.Measure(input);
        var turned = cycle.InPhase != 0 ? Math.Atan(cycle.Quadrature / cycle.InPhase) * 180 / Math.PI : 0;
        var alpha = Math.Max(fastLimit / Math.Max(phase - turned, 1), slowLimit);
        phase = turned;
        mama = (alpha * input) + ((1 - alpha) * mama);
        fama = (0.5 * alpha * mama) + ((1 - (0.5 * alpha)) * fama);
        return new MamaValue(mama, fama);
    }

    MamaValue Start(double input)
    {
        cycle.Remember(input);
        sum += input;
        if (seen++ < FirstIndex)
        {
            return new MamaValue(double.NaN, double.NaN);
        }

        mama = fama = sum / (FirstIndex + 1);
        return new MamaValue(mama, fama);
    }
}
