using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>A smoothed candle, in the price unit.</summary>
public readonly record struct HeikinAshiValue(double Open, double High, double Low, double Close);

/// <summary>Heikin-Ashi candles: each opens in the middle of the body before and closes at the mean of its prices.</summary>
public struct HeikinAshi : IIndicator<Candle, HeikinAshiValue>
{
    double open = double.NaN;
    double close;

    /// <summary>A row that has seen no candle yet.</summary>
    public HeikinAshi()
    {
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("HEIKINASHI", "Heikin-Ashi", IndicatorGroup.PriceTransforms, IndicatorPlacement.Overlay, "Candles smoothed so that a trend keeps one colour.")
        .Output("open", _ => 0)
        .Output("high", _ => 0)
        .Output("low", _ => 0)
        .Output("close", _ => 0)
        .OnCandles<HeikinAshi, HeikinAshiValue>(_ => new HeikinAshi());

    /// <summary>Takes the next candle and answers the smoothed one.</summary>
    public HeikinAshiValue Next(in Candle input)
    {
        open = double.IsNaN(open) ? (input.Open + input.Close) / 2 : (open + close) / 2;
        close = (input.Open + input.High + input.Low + input.Close) / 4;
        var high = Math.Max(input.High, Math.Max(open, close));
        var low = Math.Min(input.Low, Math.Min(open, close));
        return new HeikinAshiValue(open, high, low, close);
    }
}
