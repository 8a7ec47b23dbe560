using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>One price of each candle as a series, in its unit.</summary>
public struct CandlePrice(PricePart part) : IIndicator<Candle, double>
{
    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PRICE", "Price of the candle", IndicatorGroup.PriceTransforms, IndicatorPlacement.Overlay, "One price of the candle, or a mean of some.")
        .Choice("part", PricePart.Close)
        .Output("price", _ => 0)
        .OnCandles<CandlePrice, double>(p => new CandlePrice((PricePart)p.Whole(0)));

    internal readonly PricePart Part => part;

    /// <summary>Takes the next candle and answers its price.</summary>
    public readonly double Next(in Candle input) => part.Of(in input);
}
