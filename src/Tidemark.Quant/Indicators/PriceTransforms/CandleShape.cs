using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>The parts of a candle in the price unit: its range, body and wicks; then the share of each in the range, 0 to 1.</summary>
public readonly record struct CandleShapeValue(
    double Size, double Body, double UpperWick, double LowerWick, double BodyShare, double UpperShare, double LowerShare);

/// <summary>The size of a candle's parts; one without range is all body.</summary>
public struct CandleShape : IIndicator<Candle, CandleShapeValue>
{
    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SHAPE", "Shape of the candle", IndicatorGroup.PriceTransforms, IndicatorPlacement.Pane, "How long body and wicks of the candle are.")
        .Output("size", _ => 0)
        .Output("body", _ => 0)
        .Output("upperWick", _ => 0)
        .Output("lowerWick", _ => 0)
        .Output("bodyShare", _ => 0)
        .Output("upperShare", _ => 0)
        .Output("lowerShare", _ => 0)
        .OnCandles<CandleShape, CandleShapeValue>(_ => default);

    /// <summary>Takes the next candle and answers its parts.</summary>
    public readonly CandleShapeValue Next(in Candle input)
    {
        var size = input.High - input.Low;
        var body = Math.Abs(input.Close - input.Open);
        var upper = input.High - Math.Max(input.Open, input.Close);
        var lower = Math.Min(input.Open, input.Close) - input.Low;
        return size == 0
            ? new CandleShapeValue(size, body, upper, lower, 1, 0, 0)
            : new CandleShapeValue(size, body, upper, lower, body / size, upper / size, lower / size);
    }
}
