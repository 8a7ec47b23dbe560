using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Ultimate oscillator, 0 to 100: buying pressure as a share of the true range over three periods, the shortest weighing most.</summary>
public struct UltimateOscillator(int shortPeriod, int middlePeriod, int longPeriod) : IIndicator<Candle, double>
{
    PressureShare brief = new(shortPeriod);
    PressureShare middle = new(middlePeriod);
    PressureShare lasting = new(longPeriod);
    double previousClose = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("UO", "Ultimate oscillator", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Buying pressure over three periods at once, 0 to 100.")
        .Whole("shortPeriod", 7)
        .Whole("middlePeriod", 14)
        .Whole("longPeriod", 28)
        .Output(new IndicatorOutput("ultimate", p => Math.Max(p.Whole(0), Math.Max(p.Whole(1), p.Whole(2)))) { IsOccasional = true })
        .OnCandles<UltimateOscillator, double>(p => new UltimateOscillator(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next candle and answers the oscillator; undefined where nothing moved.</summary>
    public double Next(in Candle input)
    {
        var before = previousClose;
        previousClose = input.Close;
        if (double.IsNaN(before))
        {
            return double.NaN;
        }

        var low = Math.Min(input.Low, before);
        var pressure = input.Close - low;
        var range = Math.Max(input.High, before) - low;
        var shares = (4 * brief.Next(pressure, range)) + (2 * middle.Next(pressure, range)) + lasting.Next(pressure, range);
        return 100 * shares / 7;
    }

    struct PressureShare(int period)
    {
        SlidingPairSum sums = new(period);

        public double Next(double pressure, double range)
        {
            var (bought, moved) = sums.Add(pressure, range);
            return sums.IsFull && moved != 0 ? bought / moved : double.NaN;
        }
    }
}
