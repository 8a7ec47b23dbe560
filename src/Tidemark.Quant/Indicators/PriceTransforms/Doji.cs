using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>1 for a candle that closed where it opened, within a tolerance in percent of the open, else 0.</summary>
public struct Doji(double tolerance) : IIndicator<Candle, double>
{
    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DOJI", "Doji", IndicatorGroup.PriceTransforms, IndicatorPlacement.Overlay, "A candle that closed where it opened: nobody won.")
        .Number("tolerance", 0.1, 0, 0.5)
        .Output("match", _ => 0)
        .OnCandles<Doji, double>(p => new Doji(p[0]));

    /// <summary>Takes the next candle and answers whether it is one.</summary>
    public readonly double Next(in Candle input) =>
        input.Open != 0 && Math.Abs((input.Close / input.Open) - 1) <= tolerance / 100 ? 1 : 0;
}
