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
/// <param name="HoursToTouch">Hours from confirmation to the close of the first candle that touched the zone; null where none did.</param>
public readonly record struct PatternOutcome(
    PatternKind Kind,
    Timeframe Timeframe,
    Direction Direction,
    TradeResult Result,
    double RiskMultiple,
    bool IsAmbiguous,
    double FillPercent,
    double? HoursToTouch)
{
    const double MillisecondsAnHour = 3_600_000;

    /// <summary>
    /// Follows a plan through the candles after the pattern's confirmation: a limit entry until the pattern ends, then stop or first target, whichever comes first.
    /// The cost is a fraction of the price, for each of the two sides. Where one candle holds both, candles of a shorter timeframe decide if there are any.
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
        var hours = life.Touched is { } touch ? (timeframe.CloseOf(touch.OpenTime) - pattern.KnownAt) / MillisecondsAnHour : (double?)null;
        var outcome = new PatternOutcome(pattern.Kind, timeframe, pattern.Direction, TradeResult.NotEntered, 0, false, life.FillPercent, hours);
        if (plan is null)
        {
            return outcome;
        }

        var trade = new TradeFollower(plan, timeframe, finer);
        var (result, exit, ambiguous) = trade.Follow(candles, pattern.Confirmed.Index + 1, life.Ended?.Index ?? candles.Count - 1);
        var cost = costPerSide * (plan.Entry + exit) / plan.Risk;
        return result == TradeResult.NotEntered ? outcome : outcome with { Result = result, RiskMultiple = plan.RiskMultipleOf(exit) - cost, IsAmbiguous = ambiguous };
    }
}
