using Tidemark.Quant.Indicators.MovingAverages;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Relative strength index, 0 to 100, smoothed Wilder's way over <paramref name="period"/> changes; without any loss it is 100.</summary>
public struct Rsi(int period) : IIndicator<double, double>
{
    Smma gains = new(period);
    Smma losses = new(period);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("RSI", "Relative strength index", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "The share of rises among the last changes, 0 to 100.")
        .Whole("period", 14)
        .Output("rsi", p => p.Whole(0))
        .OnValues<Rsi, double>(p => new Rsi(p.Whole(0)));

    /// <summary>Takes the next value and answers the index; an undefined value is skipped.</summary>
    public double Next(in double input)
    {
        if (double.IsNaN(input))
        {
            return double.NaN;
        }

        var change = input - previous;
        previous = input;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var gain = gains.Next(change > 0 ? change : 0);
        var loss = losses.Next(change < 0 ? -change : 0);
        return loss == 0 ? 100 : 100 - (100 / (1 + (gain / loss)));
    }
}
