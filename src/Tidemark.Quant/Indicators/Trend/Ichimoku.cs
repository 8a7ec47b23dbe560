using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Trend;

/// <summary>All in the price unit: the conversion and base lines, the two edges of the cloud above this candle, and the close, to be drawn in the past.</summary>
public readonly record struct IchimokuValue(double Tenkan, double Kijun, double SenkouA, double SenkouB, double Chikou);

/// <summary>Ichimoku cloud; its edges are those computed <paramref name="displacement"/> candles ago.</summary>
public struct Ichimoku(int tenkanPeriod, int kijunPeriod, int senkouPeriod, int displacement) : IIndicator<Candle, IchimokuValue>
{
    SlidingRange tenkan = new(tenkanPeriod);
    SlidingRange kijun = new(kijunPeriod);
    SlidingRange senkou = new(senkouPeriod);
    Delay edgeA = new(displacement);
    Delay edgeB = new(displacement);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ICHIMOKU", "Ichimoku cloud", IndicatorGroup.Trend, IndicatorPlacement.Overlay, "Balance of three spans, and where their past meets the price.")
        .Whole("tenkanPeriod", 9)
        .Whole("kijunPeriod", 26)
        .Whole("senkouPeriod", 52)
        .Whole("displacement", 26)
        .Output("tenkan", p => p.Whole(0) - 1)
        .Output("kijun", p => p.Whole(1) - 1)
        .Output("senkouA", p => Math.Max(p.Whole(0), p.Whole(1)) + p.Whole(3) - 1)
        .Output("senkouB", p => p.Whole(2) + p.Whole(3) - 1)
        .Output(new IndicatorOutput("chikou", _ => 0) { Shift = p => -p.Whole(3), IsDisplayOnly = true })
        .OnCandles<Ichimoku, IchimokuValue>(p => new Ichimoku(p.Whole(0), p.Whole(1), p.Whole(2), p.Whole(3)));

    /// <summary>Takes the next candle and answers the five lines.</summary>
    public IchimokuValue Next(in Candle input)
    {
        tenkan.Add(input.High, input.Low);
        kijun.Add(input.High, input.Low);
        senkou.Add(input.High, input.Low);
        var conversion = tenkan.IsFull ? tenkan.Middle : double.NaN;
        var standard = kijun.IsFull ? kijun.Middle : double.NaN;
        var a = edgeA.Push((conversion + standard) / 2);
        var b = edgeB.Push(senkou.IsFull ? senkou.Middle : double.NaN);
        return new IchimokuValue(conversion, standard, a, b, input.Close);
    }
}
