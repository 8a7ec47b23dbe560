using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Cycles;

/// <summary>The trendline and the smoothed price, in the unit of the values, and the dominant cycle in candles.</summary>
public readonly record struct HilbertTrendlineValue(double Trendline, double CyclePeriod, double SmoothPrice);

/// <summary>Hilbert instantaneous trendline: the mean over one dominant cycle, smoothed.</summary>
public struct HilbertTrendline : IIndicator<double, HilbertTrendlineValue>
{
    const int FirstMeasured = 6;
    const int FirstSmoothed = 11;
    const int LongestCycle = 64;

    HilbertCycle dominant;
    SlidingWindow prices = new(LongestCycle);
    int seen;
    double period;
    double trend1;
    double trend2;
    double trend3;

    /// <summary>A trendline that has seen no price yet.</summary>
    public HilbertTrendline()
    {
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("HTL", "Hilbert instantaneous trendline", IndicatorGroup.Cycles, IndicatorPlacement.Overlay, "The mean over one dominant cycle.")
        .Output("trendline", _ => 0)
        .Output("cyclePeriod", _ => FirstMeasured + 1)
        .Output("smoothPrice", _ => FirstMeasured)
        .Works(16)
        .OnValues<HilbertTrendline, HilbertTrendlineValue>(_ => new HilbertTrendline(), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers the trendline; before the twelfth it is the value itself.</summary>
    public HilbertTrendlineValue Next(in double input)
    {
        prices.Add(input);
        if (seen++ < FirstMeasured)
        {
            dominant.Remember(input);
            return new HilbertTrendlineValue(input, double.NaN, double.NaN);
        }

        dominant.Measure(input);
        period = (0.33 * dominant.Period) + (0.67 * period);
        var cycle = Math.Min((int)(period + 0.5), prices.Values.Length);
        var trend = cycle > 0 ? Mean(prices.Values[^cycle..]) : input;
        var line = seen > FirstSmoothed ? ((4 * trend) + (3 * trend1) + (2 * trend2) + trend3) / 10 : input;
        (trend3, trend2, trend1) = (trend2, trend1, trend);
        return new HilbertTrendlineValue(line, cycle > 0 ? cycle : double.NaN, dominant.Smooth);
    }

    static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
