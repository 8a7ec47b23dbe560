using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Outcomes;

/// <summary>How the trade of a pattern went.</summary>
public enum TradeResult
{
    /// <summary>Price never came to the entry.</summary>
    NotEntered,

    /// <summary>The target came before the stop.</summary>
    Target,

    /// <summary>The stop came before the target.</summary>
    Stop,

    /// <summary>Neither came; closed at the last price.</summary>
    Open,
}

/// <summary>What became of a finished pattern.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Timeframe">On which timeframe.</param>
/// <param name="Direction">Which way it pointed.</param>
/// <param name="Result">How its trade went.</param>
/// <param name="RiskMultiple">The result after costs, in multiples of the risk; 0 where not entered.</param>
/// <param name="IsAmbiguous">Whether stop and target fell in one candle and the stop was assumed first.</param>
/// <param name="FillPercent">How much of the zone was traded through, 0 to 100.</param>
/// <param name="HoursToFill">Hours from confirmation to the close of the first candle by which the whole zone was traded through; null where none was.</param>
/// <param name="HoursToTouch">Hours from confirmation to the close of the first candle that touched the zone; null where none did.</param>
public readonly record struct PatternOutcome(
    PatternKind Kind,
    Timeframe Timeframe,
    Direction Direction,
    TradeResult Result,
    double RiskMultiple,
    bool IsAmbiguous,
    double FillPercent,
    double? HoursToTouch,
    double? HoursToFill)
{
    const double MillisecondsAnHour = 3_600_000;

    /// <summary>
    /// Follows a plan through the candles after the pattern's confirmation: the entry until the pattern ends, then stop or first target, whichever comes first.
    /// The cost is a fraction of the price, for each of the two sides. Candles of a shorter timeframe, where there are any, tell the order of prices within one.
    /// </summary>
    public static PatternOutcome Of(
        in Pattern pattern,
        in PatternLife life,
        TradePlan? plan,
        CandleSlice candles,
        Timeframe timeframe,
        double costPerSide,
        CandleSeries? finer = null)
    {
        var outcome = WithoutTrade(pattern, life, timeframe);
        if (plan is null)
        {
            return outcome;
        }

        var trade = new TradeFollower(plan);
        var lastForEntry = life.Ended?.Index ?? candles.Count - 1;
        for (var i = pattern.Confirmed.Index + 1; i < candles.Count && !trade.IsDecided; i++)
        {
            trade.Next(candles[i], Within(finer, candles.Times[i], timeframe), mayEnter: i <= lastForEntry);
        }

        return trade.Close(outcome, candles.Closes[^1], costPerSide);
    }

    internal static PatternOutcome WithoutTrade(in Pattern pattern, in PatternLife life, Timeframe timeframe) => new(
        pattern.Kind,
        timeframe,
        pattern.Direction,
        TradeResult.NotEntered,
        0,
        false,
        life.FillPercent,
        HoursUntil(life.Touched, pattern, timeframe),
        HoursUntil(life.Filled, pattern, timeframe));

    static double? HoursUntil(CandleMark? candle, in Pattern pattern, Timeframe timeframe) =>
        candle is { } mark ? (timeframe.CloseOf(mark.OpenTime) - pattern.KnownAt) / MillisecondsAnHour : null;

    static CandleSlice Within(CandleSeries? finer, long openTime, Timeframe timeframe)
    {
        if (finer is null)
        {
            return default;
        }

        var first = finer.IndexAtOrAfter(openTime);
        return finer.Slice(first, finer.IndexAtOrAfter(timeframe.CloseOf(openTime)) - first);
    }
}
