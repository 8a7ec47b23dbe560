using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>Rolling pivots: levels from the range of the <paramref name="period"/> candles that ended <paramref name="offset"/> candles before this one, in the price unit.</summary>
public struct RollingPivots(int period, int offset, PivotFormula formula) : IIndicator<Candle, PivotLevels>
{
    SlidingRange range = new(period);
    Delay opens = new(period + offset);
    Delay highs = new(offset);
    Delay lows = new(offset);
    Delay closes = new(offset);
    double close;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = PivotLevels
        .Outputs(
            IndicatorDescription
                .Of("ROLLINGPIVOTS", "Rolling pivot points", IndicatorGroup.Levels, IndicatorPlacement.Overlay, "Levels from the range of the candles before.")
                .Whole("period", 20)
                .Whole("offset", 0, minimum: 0)
                .Choice("formula", PivotFormula.Standard),
            p => p.Whole(0) + p.Whole(1))
        .OnCandles<RollingPivots, PivotLevels>(p => new RollingPivots(p.Whole(0), p.Whole(1), (PivotFormula)p.Whole(2)));

    /// <summary>Takes the next candle and answers the levels it meets.</summary>
    public PivotLevels Next(in Candle input)
    {
        var open = opens.Push(input.Open);
        var levels = range.IsFull
            ? PivotLevels.Of(formula, open, range.High, range.Low, close, input.Open)
            : PivotLevels.Undefined;
        var high = highs.Push(input.High);
        var low = lows.Push(input.Low);
        close = closes.Push(input.Close);
        if (!double.IsNaN(high))
        {
            range.Add(high, low);
        }

        return levels;
    }
}
