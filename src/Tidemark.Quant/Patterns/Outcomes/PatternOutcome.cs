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
    /// The cost is a fraction of the price, for each of the two sides.
    /// </summary>
    public static PatternOutcome Of(in Pattern pattern, in PatternLife life, TradePlan? plan, CandleSlice candles, Timeframe timeframe, double costPerSide)
    {
        var hours = life.Touched is { } touch ? (timeframe.CloseOf(touch.OpenTime) - pattern.KnownAt) / MillisecondsAnHour : (double?)null;
        var outcome = new PatternOutcome(pattern.Kind, timeframe, pattern.Direction, TradeResult.NotEntered, 0, false, life.FillPercent, hours);
        if (plan is null)
        {
            return outcome;
        }

        var (result, exit, ambiguous) = Follow(plan, pattern.Confirmed.Index + 1, life.Ended?.Index ?? candles.Count - 1, candles);
        var cost = costPerSide * (plan.Entry + exit) / plan.Risk;
        return result == TradeResult.NotEntered ? outcome : outcome with { Result = result, RiskMultiple = plan.RiskMultipleOf(exit) - cost, IsAmbiguous = ambiguous };
    }

    static (TradeResult Result, double Exit, bool Ambiguous) Follow(TradePlan plan, int first, int lastForEntry, CandleSlice candles)
    {
        var highs = candles.Highs;
        var lows = candles.Lows;
        var rising = plan.Direction == Direction.Bullish;
        var target = plan.Targets[0];
        var entered = false;
        for (var i = first; i < candles.Count && (entered || i <= lastForEntry); i++)
        {
            var entersHere = !entered && (rising ? lows[i] <= plan.Entry : highs[i] >= plan.Entry);
            entered |= entersHere;
            if (!entered)
            {
                continue;
            }

            // In the candle of entry the order of prices is unknown: a stop there counts, a target does not.
            var stopped = rising ? lows[i] <= plan.Stop : highs[i] >= plan.Stop;
            var reached = rising ? highs[i] >= target : lows[i] <= target;
            if (stopped)
            {
                return (TradeResult.Stop, plan.Stop, reached);
            }

            if (reached && !entersHere)
            {
                return (TradeResult.Target, target, false);
            }
        }

        return entered ? (TradeResult.Open, candles.Closes[^1], false) : (TradeResult.NotEntered, plan.Entry, false);
    }
}
