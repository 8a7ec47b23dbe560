using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Stops;

/// <summary>The position a stop protects.</summary>
public enum PositionSide
{
    /// <summary>Bought: the stop lies below.</summary>
    Long,

    /// <summary>Sold: the stop lies above.</summary>
    Short,
}

/// <summary>Chandelier exit, in the price unit: a stop some average true ranges from the extreme of the last <paramref name="period"/> candles.</summary>
public struct ChandelierExit(int period, double multiplier, PositionSide side) : IIndicator<Candle, double>
{
    Atr range = new(period);
    SlidingRange extremes = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CHANDELIER", "Chandelier exit", IndicatorGroup.Stops, IndicatorPlacement.Overlay, "A stop that hangs from the highest high.")
        .Whole("period", 22)
        .Number("multiplier", 3, 0.01, 100)
        .Choice("side", PositionSide.Long)
        .Output("exit", p => p.Whole(0))
        .OnCandles<ChandelierExit, double>(p => new ChandelierExit(p.Whole(0), p[1], (PositionSide)p.Whole(2)));

    /// <summary>Takes the next candle and answers the stop.</summary>
    public double Next(in Candle input)
    {
        extremes.Add(input.High, input.Low);
        var distance = multiplier * range.Next(in input).Atr;
        return side == PositionSide.Long ? extremes.High - distance : extremes.Low + distance;
    }
}
