using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>Beta, and the simple returns of the last candle as fractions, of the series and of the market.</summary>
public readonly record struct BetaValue(double Beta, double Returns, double MarketReturns);

/// <summary>How much a series moves for each move of the market, over the last <paramref name="period"/> returns.</summary>
public struct Beta(int period) : IIndicator<ValuePair, BetaValue>
{
    SlidingWindow returns = new(period);
    SlidingWindow marketReturns = new(period);
    ValuePair previous;
    bool started;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("BETA", "Beta", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "How much a series moves for each move of the market.")
        .Whole("period", 50)
        .Output(new IndicatorOutput("beta", p => p.Whole(0)) { IsOccasional = true })
        .Output("returns", _ => 0)
        .Output("marketReturns", _ => 0)
        .Works(4)
        .OnPairs<Beta, BetaValue>(p => new Beta(p.Whole(0)));

    /// <summary>Takes the next pair of price and market price and answers beta; the first pair has no return.</summary>
    public BetaValue Next(in ValuePair input)
    {
        if (!started)
        {
            started = true;
            previous = input;
            return new BetaValue(double.NaN, 0, 0);
        }

        var gain = Change(input.Value, previous.Value);
        var marketGain = Change(input.Against, previous.Against);
        previous = input;
        returns.Add(gain);
        marketReturns.Add(marketGain);
        return new BetaValue(returns.IsFull ? Compare() : double.NaN, gain, marketGain);
    }

    readonly double Compare()
    {
        var spread = Covariance.Of(returns.Values, marketReturns.Values);
        return spread.VarianceB == 0 ? double.NaN : spread.Joint / spread.VarianceB;
    }

    static double Change(double now, double before) => before == 0 ? 0 : (now / before) - 1;
}
