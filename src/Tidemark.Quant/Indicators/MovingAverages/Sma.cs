using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Simple moving average: the mean of the last <paramref name="period"/> values, in their unit.</summary>
public struct Sma(int period) : IIndicator<double, double>
{
    SlidingSum window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SMA", "Simple moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "The mean of the last closes.")
        .Whole("period", 20)
        .Output("sma", p => p.Whole(0) - 1)
        .OnValues<Sma, double>(p => new Sma(p.Whole(0)));

    /// <summary>Takes the next value and answers the mean; an undefined value is skipped.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(input))
        {
            return double.NaN;
        }

        var sum = window.Add(input);
        return window.IsFull ? sum / period : double.NaN;
    }
}
