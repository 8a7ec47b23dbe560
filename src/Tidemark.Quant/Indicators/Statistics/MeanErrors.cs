using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>The mean and the mean absolute distance from it in the unit of the values, the mean squared distance in its square, and the mean absolute distance as a fraction of each value.</summary>
public readonly record struct MeanErrorsValue(double Sma, double Absolute, double Squared, double Relative);

/// <summary>How badly the mean of the last <paramref name="period"/> values stands for them.</summary>
public struct MeanErrors(int period) : IIndicator<double, MeanErrorsValue>
{
    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SMAERROR", "Errors of the simple moving average", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "How badly the mean of the last closes stands for them.")
        .Whole("period", 20)
        .Output("sma", p => p.Whole(0) - 1)
        .Output("mad", p => p.Whole(0) - 1)
        .Output("mse", p => p.Whole(0) - 1)
        .Output(new IndicatorOutput("mape", p => p.Whole(0) - 1) { IsOccasional = true })
        .Works(3)
        .OnValues<MeanErrors, MeanErrorsValue>(p => new MeanErrors(p.Whole(0)));

    /// <summary>Takes the next value and answers the mean and its errors.</summary>
    public MeanErrorsValue Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return new MeanErrorsValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var values = window.Values;
        var mean = Sample.Mean(values);
        var absolute = 0.0;
        var squared = 0.0;
        var relative = 0.0;
        foreach (var value in values)
        {
            var error = value - mean;
            absolute += Math.Abs(error);
            squared += error * error;
            relative += value == 0 ? double.NaN : Math.Abs(error) / value;
        }

        return new MeanErrorsValue(mean, absolute / values.Length, squared / values.Length, relative / values.Length);
    }
}
