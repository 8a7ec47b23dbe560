using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>All in the price unit: how far the high and the low reach above the exponential mean of the closes, and that mean.</summary>
public readonly record struct ElderRayValue(double Bull, double Bear, double Ema);

/// <summary>Elder ray over <paramref name="period"/> candles.</summary>
public struct ElderRay(int period) : IIndicator<Candle, ElderRayValue>
{
    Ema mean = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ELDERRAY", "Elder ray", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "How far buyers and sellers pull the price from its mean.")
        .Whole("period", 13)
        .Output("bull", p => p.Whole(0) - 1)
        .Output("bear", p => p.Whole(0) - 1)
        .Output("ema", p => p.Whole(0) - 1)
        .OnCandles<ElderRay, ElderRayValue>(p => new ElderRay(p.Whole(0)));

    /// <summary>Takes the next candle and answers both powers.</summary>
    public ElderRayValue Next(in Candle input)
    {
        var ema = mean.Next(input.Close);
        return new ElderRayValue(input.High - ema, input.Low - ema, ema);
    }
}
