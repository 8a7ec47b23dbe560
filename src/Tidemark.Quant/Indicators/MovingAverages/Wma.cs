using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Linearly weighted moving average of the last <paramref name="period"/> values, in their unit: the newest weighs most.</summary>
public struct Wma(int period) : IIndicator<double, double>
{
    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("WMA", "Weighted moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "A mean whose weights fall in a straight line.")
        .Whole("period", 14)
        .Output("wma", p => p.Whole(0) - 1)
        .OnValues<Wma, double>(p => new Wma(p.Whole(0)));

    /// <summary>Takes the next value and answers the average; an undefined value is skipped.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(input))
        {
            return double.NaN;
        }

        window.Add(input);
        if (!window.IsFull)
        {
            return double.NaN;
        }

        var values = window.Values;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * (i + 1);
        }

        return sum / ((double)values.Length * (values.Length + 1) / 2);
    }
}
