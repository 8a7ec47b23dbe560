using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>A pattern and the trade its plan would have made; entered only while the pattern lives.</summary>
sealed class PaperTrade(Pattern pattern, TradePlan? plan)
{
    TradeFollower? follower = plan is null ? null : new TradeFollower(plan);
    PatternLife? life;

    public Pattern Pattern => pattern;

    public TradePlan? Plan => plan;

    /// <summary>Whether the pattern has ended and no trade is running.</summary>
    public bool IsFinished => life is not null && follower?.Result != TradeResult.Open;

    /// <summary>Nothing happens while lows stay above this price and highs below the next one; in the quote currency.</summary>
    public double WakesBelow => follower?.WakesBelow ?? double.NegativeInfinity;

    /// <summary>The price above which something may happen, in the quote currency.</summary>
    public double WakesAbove => follower?.WakesAbove ?? double.PositiveInfinity;

    public void End(in PatternLife ended) => life = ended;

    public void Next(in Candle candle)
    {
        if (follower is { } trade)
        {
            trade.Next(candle, mayEnter: life is null);
            follower = trade;
        }
    }

    public PatternOutcome Outcome(Timeframe timeframe, double lastPrice, double costPerSide)
    {
        var outcome = PatternOutcome.WithoutTrade(pattern, life!.Value, timeframe);
        return follower?.Close(outcome, lastPrice, costPerSide) ?? outcome;
    }
}
