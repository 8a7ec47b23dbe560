using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>All in percent: the rate of change, its exponential mean, and the root mean square of the last rates above and below zero.</summary>
public readonly record struct RateOfChangeBandsValue(double Roc, double Mean, double Upper, double Lower);

/// <summary>Rate of change with bands that tell an ordinary move from a rare one.</summary>
public struct RateOfChangeBands(int period, int meanPeriod, int deviationPeriod) : IIndicator<double, RateOfChangeBandsValue>
{
    RateOfChange roc = new(period);
    Ema mean = new(meanPeriod);
    SlidingSum squares = new(deviationPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ROCWB", "Rate of change with bands", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "The change in percent, and what would be an ordinary one.")
        .Whole("period", 20)
        .Whole("meanPeriod", 5)
        .Whole("deviationPeriod", 5)
        .Output("roc", p => p.Whole(0))
        .Output("mean", p => p.Whole(0) + p.Whole(1) - 1)
        .Output("upper", p => p.Whole(0) + p.Whole(2) - 1)
        .Output("lower", p => p.Whole(0) + p.Whole(2) - 1)
        .OnValues<RateOfChangeBands, RateOfChangeBandsValue>(p => new RateOfChangeBands(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers the rate and its bands.</summary>
    public RateOfChangeBandsValue Next(in double input)
    {
        var rate = roc.Next(in input).Roc;
        if (double.IsNaN(rate))
        {
            return new RateOfChangeBandsValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var sum = squares.Add(rate * rate);
        var band = squares.IsFull ? Math.Sqrt(Math.Max(sum, 0) / deviationPeriod) : double.NaN;
        return new RateOfChangeBandsValue(rate, mean.Next(in rate), band, -band);
    }
}
