using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>The mean and the bands in the unit of the values, the position between the bands (0 to 1 inside), how many deviations above the mean the value lies, and the width as a fraction of the mean.</summary>
public readonly record struct BollingerValue(double Middle, double Upper, double Lower, double PercentB, double ZScore, double Width);

/// <summary>Bollinger bands: the mean of the last values and some population standard deviations around it.</summary>
public struct Bollinger(int period, double multiplier) : IIndicator<double, BollingerValue>
{
    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("BB", "Bollinger bands", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "Bands that widen with the spread of the last closes.")
        .Whole("period", 20)
        .Number("multiplier", 2, 0.01, 100)
        .Output("middle", p => p.Whole(0) - 1)
        .Output("upper", p => p.Whole(0) - 1)
        .Output("lower", p => p.Whole(0) - 1)
        .Output(new IndicatorOutput("percentB", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("zScore", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("width", p => p.Whole(0) - 1) { IsOccasional = true })
        .Works(2)
        .OnValues<Bollinger, BollingerValue>(p => new Bollinger(p.Whole(0), p[1]));

    /// <summary>Takes the next value and answers the bands.</summary>
    public BollingerValue Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return new BollingerValue(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var mean = Sample.Mean(window.Values);
        var deviation = Sample.Deviation(window.Values, mean);
        var upper = mean + (multiplier * deviation);
        var lower = mean - (multiplier * deviation);
        return new BollingerValue(
            mean,
            upper,
            lower,
            upper == lower ? double.NaN : (input - lower) / (upper - lower),
            deviation == 0 ? double.NaN : (input - mean) / deviation,
            mean == 0 ? double.NaN : (upper - lower) / mean);
    }
}
