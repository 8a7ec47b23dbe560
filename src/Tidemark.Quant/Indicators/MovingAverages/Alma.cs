using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Arnaud Legoux moving average, in the unit of its values: a bell of weights placed towards the newest.</summary>
public struct Alma : IIndicator<double, double>
{
    readonly double[] weights;
    readonly double total;
    SlidingWindow window;

    /// <summary>An average over a period in candles; the bell's middle lies at <paramref name="offset"/> (0 oldest, 1 newest), its width falls with <paramref name="sigma"/>.</summary>
    public Alma(int period, double offset, double sigma)
    {
        window = new SlidingWindow(period);
        weights = new double[period];
        var middle = offset * (period - 1);
        var width = period / sigma;
        for (var i = 0; i < period; i++)
        {
            weights[i] = Math.Exp(-((i - middle) * (i - middle)) / (2 * width * width));
            total += weights[i];
        }
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ALMA", "Arnaud Legoux moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean weighted by a bell placed towards the newest closes.")
        .Whole("period", 9, minimum: 2)
        .Number("offset", 0.85, 0, 1)
        .Number("sigma", 6, 0.01, 100)
        .Output("alma", p => p.Whole(0) - 1)
        .OnValues<Alma, double>(p => new Alma(p.Whole(0), p[1], p[2]));

    /// <summary>Takes the next value and answers the average.</summary>
    public double Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return double.NaN;
        }

        var values = window.Values;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
        }

        return sum / total;
    }
}
