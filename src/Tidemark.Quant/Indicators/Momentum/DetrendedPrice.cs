using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>In the unit of the values: a value of the past less the mean around it, and that mean.</summary>
public readonly record struct DetrendedPriceValue(double Dpo, double Sma);

/// <summary>Detrended price oscillator: the value of half a <paramref name="period"/> ago less the mean known now; for the eye, drawn back where it belongs.</summary>
public struct DetrendedPrice(int period) : IIndicator<double, DetrendedPriceValue>
{
    Sma mean = new(period);
    Delay past = new((period / 2) + 1);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DPO", "Detrended price oscillator", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "The cycle that is left once the trend is taken away.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("dpo", First) { Shift = Shift })
        .Output(new IndicatorOutput("sma", First) { Shift = Shift })
        .OnValues<DetrendedPrice, DetrendedPriceValue>(p => new DetrendedPrice(p.Whole(0)));

    /// <summary>Takes the next value and answers the oscillator of half a period ago.</summary>
    public DetrendedPriceValue Next(in double input)
    {
        var then = past.Push(input);
        var sma = mean.Next(in input);

        // A mean known before the value it belongs to exists has nowhere to stand.
        return double.IsNaN(then) ? new DetrendedPriceValue(double.NaN, double.NaN) : new DetrendedPriceValue(then - sma, sma);
    }

    static int First(IndicatorArguments p) => Math.Max(p.Whole(0) - 1, (p.Whole(0) / 2) + 1);

    static int Shift(IndicatorArguments p) => -((p.Whole(0) / 2) + 1);
}
