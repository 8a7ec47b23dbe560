using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Trend;

/// <summary>How fresh the last high and the last low are, 0 to 100, and the first less the second.</summary>
public readonly record struct AroonValue(double Up, double Down, double Oscillator);

/// <summary>Aroon: how few candles ago the highest high and the lowest low of the last <paramref name="period"/> + 1 candles were.</summary>
public struct Aroon(int period) : IIndicator<Candle, AroonValue>
{
    ExtremeAge<Highest> highs = new(period + 1);
    ExtremeAge<Lowest> lows = new(period + 1);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("AROON", "Aroon", IndicatorGroup.Trend, IndicatorPlacement.Pane, "How fresh the last high and the last low are, 0 to 100.")
        .Whole("period", 25)
        .Output("up", p => p.Whole(0))
        .Output("down", p => p.Whole(0))
        .Output("oscillator", p => p.Whole(0))
        .OnCandles<Aroon, AroonValue>(p => new Aroon(p.Whole(0)));

    /// <summary>Takes the next candle and answers both.</summary>
    public AroonValue Next(in Candle input)
    {
        var highAge = highs.Add(input.High);
        var lowAge = lows.Add(input.Low);
        if (!highs.IsFull)
        {
            return new AroonValue(double.NaN, double.NaN, double.NaN);
        }

        var up = 100.0 * (period - highAge) / period;
        var down = 100.0 * (period - lowAge) / period;
        return new AroonValue(up, down, up - down);
    }
}
