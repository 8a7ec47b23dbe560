using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Williams %R, -100 to 0: how far the close stands below the highest high of <paramref name="period"/> candles; a flat range gives -100.</summary>
public struct WilliamsR(int period) : IIndicator<Candle, double>
{
    SlidingRange range = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("WILLR", "Williams %R", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "How far the close stands below the last high, -100 to 0.")
        .Whole("period", 14)
        .Output("williamsR", p => p.Whole(0) - 1)
        .OnCandles<WilliamsR, double>(p => new WilliamsR(p.Whole(0)));

    /// <summary>Takes the next candle and answers the position.</summary>
    public double Next(in Candle input)
    {
        range.Add(input.High, input.Low);
        if (!range.IsFull)
        {
            return double.NaN;
        }

        var span = range.High - range.Low;
        return span == 0 ? -100 : -100 * (range.High - input.Close) / span;
    }
}
