using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>The mean and the bands around it, in the price unit.</summary>
public readonly record struct StarcValue(double Middle, double Upper, double Lower);

/// <summary>Stoller average range channel: a simple mean of the closes and some average true ranges around it.</summary>
public struct Starc(int smaPeriod, double multiplier, int atrPeriod) : IIndicator<Candle, StarcValue>
{
    Sma mean = new(smaPeriod);
    Atr range = new(atrPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("STARC", "Stoller average range channel", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "A quick mean and some usual candle ranges around it.")
        .Whole("smaPeriod", 5)
        .Number("multiplier", 2, 0.01, 100)
        .Whole("atrPeriod", 10)
        .Output("middle", p => p.Whole(0) - 1)
        .Output("upper", p => Math.Max(p.Whole(0) - 1, p.Whole(2)))
        .Output("lower", p => Math.Max(p.Whole(0) - 1, p.Whole(2)))
        .OnCandles<Starc, StarcValue>(p => new Starc(p.Whole(0), p[1], p.Whole(2)));

    /// <summary>Takes the next candle and answers the bands.</summary>
    public StarcValue Next(in Candle input)
    {
        var middle = mean.Next(input.Close);
        var distance = multiplier * range.Next(in input).Atr;
        return new StarcValue(middle, middle + distance, middle - distance);
    }
}
