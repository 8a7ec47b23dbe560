using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>1 for a rising and -1 for a falling candle whose body fills at least a share in percent of its range, else 0.</summary>
public struct Marubozu(double leastBody) : IIndicator<Candle, double>
{
    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("MARUBOZU", "Marubozu", IndicatorGroup.PriceTransforms, IndicatorPlacement.Overlay, "A candle that is nearly all body: one side ruled.")
        .Number("leastBody", 95, 80, 100)
        .Output("match", _ => 0)
        .OnCandles<Marubozu, double>(p => new Marubozu(p[0]));

    /// <summary>Takes the next candle and answers whether it is one, and which way.</summary>
    public readonly double Next(in Candle input) =>
        default(CandleShape).Next(in input).BodyShare >= leastBody / 100 ? Math.Sign(input.Close - input.Open) : 0;
}
