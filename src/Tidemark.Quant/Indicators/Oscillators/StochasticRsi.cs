namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Each 0 to 100: where the relative strength index stands in its own range, and the mean of that.</summary>
public readonly record struct StochasticRsiValue(double StochRsi, double Signal);

/// <summary>The stochastic oscillator of the relative strength index.</summary>
public struct StochasticRsi(int rsiPeriod, int period, int signalPeriod, int smoothPeriod) : IIndicator<double, StochasticRsiValue>
{
    Rsi rsi = new(rsiPeriod);
    Stochastic stochastic = new(period, signalPeriod, smoothPeriod);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("STOCHRSI", "Stochastic RSI", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Where the RSI stands within its own last range, 0 to 100.")
        .Whole("rsiPeriod", 14)
        .Whole("period", 14)
        .Whole("signalPeriod", 3)
        .Whole("smoothPeriod", 1)
        .Output("stochRsi", p => p.Whole(0) + p.Whole(1) + p.Whole(3) - 2)
        .Output("signal", p => p.Whole(0) + p.Whole(1) + p.Whole(2) + p.Whole(3) - 3)
        .OnValues<StochasticRsi, StochasticRsiValue>(p => new StochasticRsi(p.Whole(0), p.Whole(1), p.Whole(2), p.Whole(3)));

    /// <summary>Takes the next value and answers both lines.</summary>
    public StochasticRsiValue Next(in double input)
    {
        var strength = rsi.Next(in input);
        if (double.IsNaN(strength))
        {
            return new StochasticRsiValue(double.NaN, double.NaN);
        }

        var position = stochastic.Next(strength, strength, strength);
        return new StochasticRsiValue(position.K, position.D);
    }
}
