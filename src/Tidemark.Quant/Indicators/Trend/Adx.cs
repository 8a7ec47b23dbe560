using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Trend;

/// <summary>Each 0 to 100: the average directional index, the two directional indicators, their distance, and the average's own rating.</summary>
public readonly record struct AdxValue(double Adx, double Plus, double Minus, double Dx, double Adxr);

/// <summary>Average directional index over <paramref name="period"/> candles, all smoothed Wilder's way; without movement the indicators are 0.</summary>
public struct Adx(int period) : IIndicator<Candle, AdxValue>
{
    TrueRange range = new();
    Smma ranges = new(period);
    Smma rises = new(period);
    Smma falls = new(period);
    Smma index = new(period);
    Delay rating = new(period);
    double previousHigh = double.NaN;
    double previousLow = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ADX", "Average directional index", IndicatorGroup.Trend, IndicatorPlacement.Pane, "How strong the trend is, whichever way it goes, 0 to 100.")
        .Whole("period", 14)
        .Output("adx", p => (2 * p.Whole(0)) - 1)
        .Output("plus", p => p.Whole(0))
        .Output("minus", p => p.Whole(0))
        .Output("dx", p => p.Whole(0))
        .Output("adxr", p => (3 * p.Whole(0)) - 1)
        .OnCandles<Adx, AdxValue>(p => new Adx(p.Whole(0)));

    /// <summary>Takes the next candle and answers all five.</summary>
    public AdxValue Next(in Candle input)
    {
        var up = input.High - previousHigh;
        var down = previousLow - input.Low;
        (previousHigh, previousLow) = (input.High, input.Low);
        var covered = ranges.Next(range.Next(in input));
        if (double.IsNaN(up))
        {
            return new AdxValue(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var rise = rises.Next(up > down && up > 0 ? up : 0);
        var fall = falls.Next(down > up && down > 0 ? down : 0);
        var plus = covered == 0 ? 0 : 100 * rise / covered;
        var minus = covered == 0 ? 0 : 100 * fall / covered;
        var dx = plus + minus == 0 ? 0 : 100 * Math.Abs(plus - minus) / (plus + minus);
        var adx = index.Next(in dx);
        var earlier = double.IsNaN(adx) ? double.NaN : rating.Push(adx);
        return new AdxValue(adx, plus, minus, dx, (adx + earlier) / 2);
    }
}
