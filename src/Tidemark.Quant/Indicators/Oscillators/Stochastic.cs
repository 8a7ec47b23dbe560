using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Each 0 to 100: the smoothed position of the close in the range, its mean, and three times the first less twice the second (which may leave the range).</summary>
public readonly record struct StochasticValue(double K, double D, double J);

/// <summary>Stochastic oscillator: where the close stands between the lowest low and the highest high; a flat range gives 0.</summary>
public struct Stochastic(int period, int signalPeriod, int smoothPeriod) : IIndicator<Candle, StochasticValue>
{
    SlidingRange range = new(period);
    Sma smooth = new(smoothPeriod);
    Sma signal = new(signalPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("STOCH", "Stochastic oscillator", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Where the close stands within the last range, 0 to 100.")
        .Whole("period", 14)
        .Whole("signalPeriod", 3)
        .Whole("smoothPeriod", 3)
        .Output("k", p => p.Whole(0) + p.Whole(2) - 2)
        .Output("d", p => p.Whole(0) + p.Whole(1) + p.Whole(2) - 3)
        .Output("j", p => p.Whole(0) + p.Whole(1) + p.Whole(2) - 3)
        .OnCandles<Stochastic, StochasticValue>(p => new Stochastic(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next candle and answers the three lines.</summary>
    public StochasticValue Next(in Candle input) => Next(input.High, input.Low, input.Close);

    internal StochasticValue Next(double high, double low, double close)
    {
        range.Add(high, low);
        var raw = double.NaN;
        if (range.IsFull)
        {
            var span = range.High - range.Low;
            raw = span == 0 ? 0 : 100 * (close - range.Low) / span;
        }

        var k = smooth.Next(in raw);
        var d = signal.Next(in k);
        return new StochasticValue(k, d, (3 * k) - (2 * d));
    }
}
