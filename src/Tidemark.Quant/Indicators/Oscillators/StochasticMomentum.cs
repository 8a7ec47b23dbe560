using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>The index and its average, -100 to 100.</summary>
public readonly record struct StochasticMomentumValue(double Smi, double Signal);

/// <summary>Stochastic momentum index: the distance of the close from the middle of the range, smoothed twice, as a share of half the range smoothed alike.</summary>
public struct StochasticMomentum(int period, int firstSmooth, int secondSmooth, int signalPeriod) : IIndicator<Candle, StochasticMomentumValue>
{
    readonly double signalWeight = 2.0 / (signalPeriod + 1);
    SlidingRange range = new(period);
    TwiceSmoothed distance = new(firstSmooth, secondSmooth);
    TwiceSmoothed span = new(firstSmooth, secondSmooth);
    double signal = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SMI", "Stochastic momentum index", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "How far the close stands from the middle of the last range, -100 to 100.")
        .Whole("period", 13)
        .Whole("firstSmooth", 25)
        .Whole("secondSmooth", 2)
        .Whole("signalPeriod", 3)
        .Output(new IndicatorOutput("smi", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("signal", p => p.Whole(0) - 1) { IsOccasional = true })
        .OnCandles<StochasticMomentum, StochasticMomentumValue>(p => new StochasticMomentum(p.Whole(0), p.Whole(1), p.Whole(2), p.Whole(3)));

    /// <summary>Takes the next candle and answers index and signal.</summary>
    public StochasticMomentumValue Next(in Candle input)
    {
        range.Add(input.High, input.Low);
        if (!range.IsFull)
        {
            return new StochasticMomentumValue(double.NaN, double.NaN);
        }

        var offset = distance.Next(input.Close - range.Middle);
        var half = span.Next(range.High - range.Low) / 2;
        if (half == 0)
        {
            return new StochasticMomentumValue(double.NaN, double.NaN);
        }

        var smi = 100 * (offset / half);
        signal = double.IsNaN(signal) ? smi : signal + (signalWeight * (smi - signal));
        return new StochasticMomentumValue(smi, signal);
    }

    struct TwiceSmoothed(int firstPeriod, int secondPeriod)
    {
        readonly double firstWeight = 2.0 / (firstPeriod + 1);
        readonly double secondWeight = 2.0 / (secondPeriod + 1);
        double first = double.NaN;
        double second;

        public double Next(double value)
        {
            if (double.IsNaN(first))
            {
                return first = second = value;
            }

            first += firstWeight * (value - first);
            return second += secondWeight * (first - second);
        }
    }
}
