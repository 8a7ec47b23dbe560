using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>A high and a low that stand out, in the price unit, reported once known; and whether each is above (1) or not above (-1) the one before.</summary>
public readonly record struct PivotsValue(double High, double Low, double HighTrend, double LowTrend);

/// <summary>
/// Pivots: highs and lows that beat some candles on each side, and how they follow one another within <paramref name="trendPeriod"/> candles.
/// They belong to the candle <paramref name="rightSpan"/> before the one that proves them; <see cref="PivotLines"/> draws them there.
/// </summary>
public struct Pivots(int leftSpan, int rightSpan, int trendPeriod) : IIndicator<Candle, PivotsValue>
{
    SlidingWindow highs = new(leftSpan + rightSpan + 1);
    SlidingWindow lows = new(leftSpan + rightSpan + 1);
    Follow highFollow = new(trendPeriod);
    Follow lowFollow = new(trendPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PIVOTS", "Pivots", IndicatorGroup.Levels, IndicatorPlacement.Overlay, "Highs and lows that stand out, and whether they rise or fall.")
        .Whole("leftSpan", 2, maximum: 500)
        .Whole("rightSpan", 2, maximum: 500)
        .Whole("trendPeriod", 20)
        .Output(Occasional("high"))
        .Output(Occasional("low"))
        .Output(Occasional("highTrend"))
        .Output(Occasional("lowTrend"))
        .Works(2)
        .OnCandles<Pivots, PivotsValue>(p => new Pivots(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next candle and answers the pivots it proves.</summary>
    public PivotsValue Next(in Candle input)
    {
        highs.Add(input.High);
        lows.Add(input.Low);
        var high = highs.IsFull ? Turn.OrUndefined<Highest>(highs.Values, leftSpan) : double.NaN;
        var low = lows.IsFull ? Turn.OrUndefined<Lowest>(lows.Values, leftSpan) : double.NaN;
        return new PivotsValue(high, low, highFollow.Next(high), lowFollow.Next(low));
    }

    static IndicatorOutput Occasional(string name) =>
        new(name, p => p.Whole(0) + p.Whole(1)) { IsOccasional = true, Shift = p => -p.Whole(1) };

    struct Follow(int period)
    {
        double last = double.NaN;
        int age;

        public double Next(double point)
        {
            age++;
            if (double.IsNaN(point))
            {
                return double.NaN;
            }

            var known = !double.IsNaN(last) && age <= period;
            var rises = point > last ? 1 : -1;
            (last, age) = (point, 0);
            return known ? rises : double.NaN;
        }
    }
}
