namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Tillson's T3, in the unit of its values: six exponential averages in a row, started from the first value and mixed by the volume factor.</summary>
public struct T3 : IIndicator<double, double>
{
    readonly double weight;
    readonly double c1;
    readonly double c2;
    readonly double c3;
    readonly double c4;
    double e1 = double.NaN;
    double e2;
    double e3;
    double e4;
    double e5;
    double e6;

    /// <summary>A T3 over a period in candles with a volume factor, by habit 0.7.</summary>
    public T3(int period, double volumeFactor)
    {
        var square = volumeFactor * volumeFactor;
        var cube = square * volumeFactor;
        weight = 2.0 / (period + 1);
        c1 = -cube;
        c2 = (3 * square) + (3 * cube);
        c3 = (-6 * square) - (3 * volumeFactor) - (3 * cube);
        c4 = 1 + (3 * volumeFactor) + cube + (3 * square);
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("T3", "Tillson T3", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A very smooth exponential mean.")
        .Whole("period", 5)
        .Number("volumeFactor", 0.7, 0.01, 10)
        .Output("t3", _ => 0)
        .OnValues<T3, double>(p => new T3(p.Whole(0), p[1]));

    /// <summary>Takes the next value and answers the average.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(e1))
        {
            e1 = e2 = e3 = e4 = e5 = e6 = input;
        }

        e1 += weight * (input - e1);
        e2 += weight * (e1 - e2);
        e3 += weight * (e2 - e3);
        e4 += weight * (e3 - e4);
        e5 += weight * (e4 - e5);
        e6 += weight * (e5 - e6);
        return (c1 * e6) + (c2 * e5) + (c3 * e4) + (c4 * e3);
    }
}
