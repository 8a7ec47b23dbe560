using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>The mean and the lines around it, in the unit of the values.</summary>
public readonly record struct EnvelopeValue(double Middle, double Upper, double Lower);

/// <summary>Moving average envelope: a simple mean and lines some percent above and below.</summary>
public struct Envelope(int period, double percent) : IIndicator<double, EnvelopeValue>
{
    Sma mean = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ENVELOPE", "Moving average envelope", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "Lines some percent around the mean of the last closes.")
        .Whole("period", 20)
        .Number("percent", 2.5, 0.001, 100)
        .Output("middle", p => p.Whole(0) - 1)
        .Output("upper", p => p.Whole(0) - 1)
        .Output("lower", p => p.Whole(0) - 1)
        .OnValues<Envelope, EnvelopeValue>(p => new Envelope(p.Whole(0), p[1]));

    /// <summary>Takes the next value and answers the lines.</summary>
    public EnvelopeValue Next(in double input)
    {
        var middle = mean.Next(in input);
        var distance = middle * percent / 100;
        return new EnvelopeValue(middle, middle + distance, middle - distance);
    }
}
