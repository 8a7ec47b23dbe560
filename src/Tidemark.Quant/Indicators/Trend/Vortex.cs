using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Trend;

/// <summary>Upward and downward movement as ratios to the true range, around 1.</summary>
public readonly record struct VortexValue(double Plus, double Minus);

/// <summary>Vortex indicator over <paramref name="period"/> candles.</summary>
public struct Vortex(int period) : IIndicator<Candle, VortexValue>
{
    TrueRange range = new();
    SlidingSum ranges = new(period);
    SlidingPairSum moves = new(period);
    double previousHigh = double.NaN;
    double previousLow = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("VORTEX", "Vortex", IndicatorGroup.Trend, IndicatorPlacement.Pane, "Upward against downward movement; they cross where a trend starts.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("plus", p => p.Whole(0)) { IsOccasional = true })
        .Output(new IndicatorOutput("minus", p => p.Whole(0)) { IsOccasional = true })
        .OnCandles<Vortex, VortexValue>(p => new Vortex(p.Whole(0)));

    /// <summary>Takes the next candle and answers both ratios; undefined where nothing moved.</summary>
    public VortexValue Next(in Candle input)
    {
        var up = Math.Abs(input.High - previousLow);
        var down = Math.Abs(input.Low - previousHigh);
        (previousHigh, previousLow) = (input.High, input.Low);
        var covered = range.Next(in input);
        if (double.IsNaN(covered))
        {
            return new VortexValue(double.NaN, double.NaN);
        }

        var total = ranges.Add(covered);
        var (rise, fall) = moves.Add(up, down);
        return ranges.IsFull && total != 0
            ? new VortexValue(rise / total, fall / total)
            : new VortexValue(double.NaN, double.NaN);
    }
}
