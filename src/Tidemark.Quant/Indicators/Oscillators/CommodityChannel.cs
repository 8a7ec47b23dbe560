using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Commodity channel index: the distance of the typical price from its mean, in units of 0.015 of the mean distance over <paramref name="period"/> candles.</summary>
public struct CommodityChannel(int period) : IIndicator<double, double>
{
    const double Scale = 0.015;

    SlidingWindow window = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CCI", "Commodity channel index", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "How unusual the price is among the last ones; mostly -100 to 100.")
        .Whole("period", 20)
        .Output(new IndicatorOutput("cci", p => p.Whole(0) - 1) { IsOccasional = true })
        .Works(2)
        .OnValues<CommodityChannel, double>(p => new CommodityChannel(p.Whole(0)), PriceTransforms.PricePart.Hlc3);

    /// <summary>Takes the next value and answers the index; undefined where all values are equal.</summary>
    public double Next(in double input)
    {
        window.Add(input);
        if (!window.IsFull)
        {
            return double.NaN;
        }

        var mean = Sample.Mean(window.Values);
        var deviation = Sample.AbsoluteDeviation(window.Values, mean);
        return deviation == 0 ? double.NaN : (input - mean) / (Scale * deviation);
    }
}
