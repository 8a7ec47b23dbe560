using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Volatility;

/// <summary>Ulcer index, in percent: the root mean square of the falls from the highest value so far within the last <paramref name="period"/>.</summary>
public struct UlcerIndex(int period) : IIndicator<double, double>
{
    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ULCER", "Ulcer index", IndicatorGroup.Volatility, IndicatorPlacement.Pane, "How deep and long the falls of the last closes were.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("ulcer", p => p.Whole(0) - 1) { IsOccasional = true })
        .Works(2)
        .OnValues<UlcerIndex, double>(p => new UlcerIndex(p.Whole(0)));

    /// <summary>Takes the next value and answers the index.</summary>
    public double Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return double.NaN;
        }

        var highest = double.NegativeInfinity;
        var sum = 0.0;
        foreach (var value in window.Values)
        {
            highest = value > highest ? value : highest;
            var fall = highest == 0 ? double.NaN : 100 * (value - highest) / highest;
            sum += fall * fall;
        }

        return Math.Sqrt(sum / window.Length);
    }
}
