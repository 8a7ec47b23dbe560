using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>The oscillator and its average, both in tenths of a percent.</summary>
public readonly record struct PriceMomentumValue(double Pmo, double Signal);

/// <summary>Price momentum oscillator: the rate of change of one candle, smoothed twice.</summary>
public struct PriceMomentum(int timePeriod, int smoothPeriod, int signalPeriod) : IIndicator<double, PriceMomentumValue>
{
    const double Magnification = 10;

    RateOfChange roc = new(1);
    Ema rate = new(timePeriod, 2.0 / timePeriod);
    Ema smooth = new(smoothPeriod, 2.0 / smoothPeriod);
    Ema signal = new(signalPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PMO", "Price momentum oscillator", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "The change of each candle, smoothed twice.")
        .Whole("timePeriod", 35, minimum: 2)
        .Whole("smoothPeriod", 20, minimum: 2)
        .Whole("signalPeriod", 10)
        .Output("pmo", p => p.Whole(0) + p.Whole(1) - 1)
        .Output("signal", p => p.Whole(0) + p.Whole(1) + p.Whole(2) - 2)
        .OnValues<PriceMomentum, PriceMomentumValue>(p => new PriceMomentum(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers oscillator and signal.</summary>
    public PriceMomentumValue Next(in double input)
    {
        var pmo = smooth.Next(Magnification * rate.Next(roc.Next(in input).Roc));
        return new PriceMomentumValue(pmo, signal.Next(in pmo));
    }
}
