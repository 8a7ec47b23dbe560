using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>The channel and its middle in the price unit, and its width as a fraction of the middle.</summary>
public readonly record struct KeltnerValue(double Middle, double Upper, double Lower, double Width);

/// <summary>Keltner channel: an exponential mean of the closes and some average true ranges around it.</summary>
public struct Keltner(int emaPeriod, double multiplier, int atrPeriod) : IIndicator<Candle, KeltnerValue>
{
    Ema mean = new(emaPeriod);
    Atr range = new(atrPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("KELTNER", "Keltner channel", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "A channel as wide as some usual candle ranges.")
        .Whole("emaPeriod", 20)
        .Number("multiplier", 2, 0.01, 100)
        .Whole("atrPeriod", 10)
        .Output("middle", First)
        .Output("upper", First)
        .Output("lower", First)
        .Output("width", First)
        .OnCandles<Keltner, KeltnerValue>(p => new Keltner(p.Whole(0), p[1], p.Whole(2)));

    /// <summary>Takes the next candle and answers the channel.</summary>
    public KeltnerValue Next(in Candle input)
    {
        var middle = mean.Next(input.Close);
        var distance = multiplier * range.Next(in input).Atr;
        if (double.IsNaN(middle + distance))
        {
            return new KeltnerValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        return new KeltnerValue(middle, middle + distance, middle - distance, middle == 0 ? double.NaN : 2 * distance / middle);
    }

    static int First(IndicatorArguments p) => Math.Max(p.Whole(0) - 1, p.Whole(2));
}
