using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The high that all around it stay below, and the low that all around it stay above, in the price unit; reported once known.</summary>
public readonly record struct FractalValue(double Bear, double Bull);

/// <summary>Williams fractal: a high or low that beats <paramref name="span"/> candles on each side; it belongs to the candle that many before the one that proves it.</summary>
public struct Fractal(int span) : IIndicator<Candle, FractalValue>
{
    SlidingWindow highs = new((2 * span) + 1);
    SlidingWindow lows = new((2 * span) + 1);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("FRACTAL", "Williams fractal", IndicatorGroup.Levels, IndicatorPlacement.Overlay, "Highs and lows that stand out from their neighbours.")
        .Whole("span", 2, maximum: 500)
        .Output(new IndicatorOutput("bear", p => 2 * p.Whole(0)) { IsOccasional = true, Shift = p => -p.Whole(0) })
        .Output(new IndicatorOutput("bull", p => 2 * p.Whole(0)) { IsOccasional = true, Shift = p => -p.Whole(0) })
        .Works(4)
        .OnCandles<Fractal, FractalValue>(p => new Fractal(p.Whole(0)));

    /// <summary>Takes the next candle and answers the fractals it proves.</summary>
    public FractalValue Next(in Candle input)
    {
        highs.Add(input.High);
        lows.Add(input.Low);
        return highs.IsFull
            ? new FractalValue(Turn.OrUndefined<Highest>(highs.Values, span), Turn.OrUndefined<Lowest>(lows.Values, span))
            : new FractalValue(double.NaN, double.NaN);
    }
}
