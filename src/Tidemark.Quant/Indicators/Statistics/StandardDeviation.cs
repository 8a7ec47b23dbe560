using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>Population standard deviation and mean, in the unit of the values, and how many deviations the last value lies above the mean.</summary>
public readonly record struct StandardDeviationValue(double Deviation, double Mean, double ZScore);

/// <summary>Population standard deviation of the last <paramref name="period"/> values, in their unit.</summary>
public struct StandardDeviation(int period) : IIndicator<double, StandardDeviationValue>
{
    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("STDDEV", "Standard deviation", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "How far the last closes lie from their mean.")
        .Whole("period", 14)
        .Output("deviation", p => p.Whole(0) - 1)
        .Output("mean", p => p.Whole(0) - 1)
        .Output(new IndicatorOutput("zScore", p => p.Whole(0) - 1) { IsOccasional = true })
        .Works(2)
        .OnValues<StandardDeviation, StandardDeviationValue>(p => new StandardDeviation(p.Whole(0)));

    /// <summary>Takes the next value and answers deviation, mean and z-score.</summary>
    public StandardDeviationValue Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return new StandardDeviationValue(double.NaN, double.NaN, double.NaN);
        }

        var mean = Sample.Mean(window.Values);
        var deviation = Sample.Deviation(window.Values, mean);
        return new StandardDeviationValue(deviation, mean, deviation == 0 ? double.NaN : (input - mean) / deviation);
    }
}
