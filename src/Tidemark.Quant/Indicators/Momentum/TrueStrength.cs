using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>The index and its average, -100 to 100.</summary>
public readonly record struct TrueStrengthValue(double Tsi, double Signal);

/// <summary>True strength index: changes smoothed twice, as a share of their size smoothed twice.</summary>
public struct TrueStrength(int longPeriod, int shortPeriod, int signalPeriod) : IIndicator<double, TrueStrengthValue>
{
    Ema longChange = new(longPeriod);
    Ema shortChange = new(shortPeriod);
    Ema longSize = new(longPeriod);
    Ema shortSize = new(shortPeriod);
    Ema signal = new(signalPeriod);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("TSI", "True strength index", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "Which way the changes point, smoothed twice.")
        .Whole("longPeriod", 25)
        .Whole("shortPeriod", 13)
        .Whole("signalPeriod", 7)
        .Output(new IndicatorOutput("tsi", p => p.Whole(0) + p.Whole(1) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("signal", p => p.Whole(0) + p.Whole(1) + p.Whole(2) - 2) { IsOccasional = true })
        .OnValues<TrueStrength, TrueStrengthValue>(p => new TrueStrength(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers index and signal.</summary>
    public TrueStrengthValue Next(in double input)
    {
        var change = input - previous;
        previous = input;
        var direction = shortChange.Next(longChange.Next(in change));
        var size = shortSize.Next(longSize.Next(Math.Abs(change)));
        var tsi = size == 0 ? double.NaN : 100 * (direction / size);
        return new TrueStrengthValue(tsi, signal.Next(in tsi));
    }
}
