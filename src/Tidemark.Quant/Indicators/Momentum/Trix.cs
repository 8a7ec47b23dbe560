using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>The change of the smoothed series in percent, and that series in the unit of the values.</summary>
public readonly record struct TrixValue(double Trix, double Ema3);

/// <summary>Rate of change of a value smoothed exponentially three times over <paramref name="period"/> candles.</summary>
public struct Trix(int period) : IIndicator<double, TrixValue>
{
    TripleEma averages = new(period);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("TRIX", "Triple smoothed rate of change", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "The slope of a very smooth mean, in percent.")
        .Whole("period", 14)
        .Output("trix", p => p.Whole(0))
        .Output("ema3", p => p.Whole(0))
        .OnValues<Trix, TrixValue>(p => new Trix(p.Whole(0)));

    /// <summary>Takes the next value and answers the change.</summary>
    public TrixValue Next(in double input)
    {
        averages.Add(input);
        var before = previous;
        previous = averages.Third;
        if (double.IsNaN(before))
        {
            return new TrixValue(double.NaN, double.NaN);
        }

        return new TrixValue(before == 0 ? double.NaN : 100 * (previous - before) / before, previous);
    }
}
