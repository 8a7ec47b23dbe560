using Tidemark.Alerts.Kinds;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Judging;

/// <summary>
/// Whether a price passed a threshold, as far as what is known proves it. Of a range the order of its extremes is not known, only that the price
/// before came first and the last price last: a crossing counts where it must have been.
/// </summary>
static class Passing
{
    /// <summary>By a tick that came after a price.</summary>
    public static bool Of(AlertTerms terms, double before, double low, double high, double last)
    {
        var threshold = terms.Threshold;
        return terms.Condition switch
        {
            AlertCondition.PriceAbove or AlertCondition.PriceCrossesAbove => (before <= threshold && high > threshold) || (low <= threshold && last > threshold),
            AlertCondition.PriceBelow or AlertCondition.PriceCrossesBelow => (before >= threshold && low < threshold) || (high >= threshold && last < threshold),
            _ => Math.Min(before, low) < threshold && Math.Max(before, high) > threshold,
        };
    }

    /// <summary>By a closed candle, of which the first price is known as well.</summary>
    public static bool Of(AlertTerms terms, double before, in Candle candle) =>
        Of(terms, before, candle.Low, candle.High, candle.Close) || Of(terms, candle.Open, candle.Low, candle.High, candle.Close);
}
