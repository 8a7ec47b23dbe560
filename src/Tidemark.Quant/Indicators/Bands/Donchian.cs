using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>The channel and its middle in the price unit, and its width as a fraction of the middle.</summary>
public readonly record struct DonchianValue(double Upper, double Middle, double Lower, double Width);

/// <summary>Donchian channel: the highest high and the lowest low of the <paramref name="period"/> candles before this one.</summary>
public struct Donchian(int period) : IIndicator<Candle, DonchianValue>
{
    SlidingRange range = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DONCHIAN", "Donchian channel", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "The range of the candles before; leaving it is a breakout.")
        .Whole("period", 20)
        .Output("upper", p => p.Whole(0))
        .Output("middle", p => p.Whole(0))
        .Output("lower", p => p.Whole(0))
        .Output("width", p => p.Whole(0))
        .OnCandles<Donchian, DonchianValue>(p => new Donchian(p.Whole(0)));

    /// <summary>Takes the next candle and answers the channel it meets.</summary>
    public DonchianValue Next(in Candle input)
    {
        var channel = new DonchianValue(double.NaN, double.NaN, double.NaN, double.NaN);
        if (range.IsFull)
        {
            var middle = range.Middle;
            channel = new DonchianValue(range.High, middle, range.Low, middle == 0 ? double.NaN : (range.High - range.Low) / middle);
        }

        range.Add(input.High, input.Low);
        return channel;
    }
}
