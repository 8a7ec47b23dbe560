using Tidemark.Quant.Indicators.Statistics;

namespace Tidemark.Quant.Indicators.Bands;

/// <summary>In the unit of the values: where the regression line ends, the channel there, and how much it rises a candle.</summary>
public readonly record struct DeviationChannelValue(double Middle, double Upper, double Lower, double Slope);

/// <summary>
/// The regression line of the last <paramref name="period"/> values and a channel of some standard deviations around it.
/// The value is the channel's end at this candle; <see cref="DeviationChannelLines"/> draws it backwards.
/// </summary>
public struct DeviationChannel(int period, double deviations) : IIndicator<double, DeviationChannelValue>
{
    Slope fit = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("DEVCHANNEL", "Standard deviation channel", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "A straight channel through the last closes.")
        .Whole("period", 20, minimum: 2)
        .Number("deviations", 2, 0.01, 100)
        .Output("middle", p => p.Whole(0) - 1)
        .Output("upper", p => p.Whole(0) - 1)
        .Output("lower", p => p.Whole(0) - 1)
        .Output("slope", p => p.Whole(0) - 1)
        .Works(2)
        .OnValues<DeviationChannel, DeviationChannelValue>(p => new DeviationChannel(p.Whole(0), p[1]));

    /// <summary>Takes the next value and answers the end of the channel.</summary>
    public DeviationChannelValue Next(in double input)
    {
        var line = fit.Next(in input);
        var distance = deviations * line.Deviation;
        return new DeviationChannelValue(line.End, line.End + distance, line.End - distance, line.Slope);
    }
}
