using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Chande momentum oscillator, -100 to 100: rises less falls as a share of all movement over <paramref name="period"/> changes.</summary>
public struct ChandeMomentum(int period) : IIndicator<double, double>
{
    SlidingPairSum sums = new(period);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CMO", "Chande momentum oscillator", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Rises less falls as a share of all movement, -100 to 100.")
        .Whole("period", 14)
        .Output(new IndicatorOutput("cmo", p => p.Whole(0)) { IsOccasional = true })
        .OnValues<ChandeMomentum, double>(p => new ChandeMomentum(p.Whole(0)));

    /// <summary>Takes the next value and answers the share; undefined where nothing moved.</summary>
    public double Next(in double input)
    {
        var change = input - previous;
        previous = input;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var (up, down) = sums.Add(change > 0 ? change : 0, change < 0 ? -change : 0);
        return sums.IsFull && up + down != 0 ? 100 * (up - down) / (up + down) : double.NaN;
    }
}
