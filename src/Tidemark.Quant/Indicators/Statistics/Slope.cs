using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>
/// The least-squares line through the last values: its slope a candle, its height at the candle before the series began,
/// the population standard deviation of the values, the share of variance explained, and its height at the last candle.
/// </summary>
public readonly record struct SlopeValue(double Slope, double Intercept, double Deviation, double RSquared, double End);

/// <summary>Slope of the straight line through the last <paramref name="period"/> values, in their unit a candle.</summary>
public struct Slope(int period) : IIndicator<double, SlopeValue>
{
    SlidingWindow window = new(period);
    int seen;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SLOPE", "Slope of the regression line", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "How steeply a straight line through the last closes rises.")
        .Whole("period", 14, minimum: 2)
        .Output("slope", p => p.Whole(0) - 1)
        .Output("intercept", p => p.Whole(0) - 1)
        .Output("deviation", p => p.Whole(0) - 1)
        .Output(new IndicatorOutput("rSquared", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output("end", p => p.Whole(0) - 1)
        .Works(2)
        .OnValues<Slope, SlopeValue>(p => new Slope(p.Whole(0)));

    /// <summary>Takes the next value and answers the line.</summary>
    public SlopeValue Next(in double input)
    {
        window.Add(input);
        seen++;
        if (!window.IsFull)
        {
            return new SlopeValue(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var line = LineFit.Through(window.Values);
        return new SlopeValue(line.Slope, line.At(window.Length - seen), line.Deviation, line.RSquared, line.At(window.Length));
    }
}
