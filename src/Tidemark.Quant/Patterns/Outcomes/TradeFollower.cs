using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Outcomes;

/// <summary>Carries out one plan on candles: which of entry, stop and target came first.</summary>
sealed class TradeFollower(TradePlan plan, Timeframe timeframe, CandleSeries? finer)
{
    readonly bool rising = plan.Direction == Direction.Bullish;
    readonly double target = plan.Targets[0];

    public (TradeResult Result, double Exit, bool Ambiguous) Follow(CandleSlice candles, int first, int lastForEntry)
    {
        var entered = false;
        for (var i = first; i < candles.Count && (entered || i <= lastForEntry); i++)
        {
            var candle = candles[i];
            var entersHere = !entered && IsEntered(candle);
            entered |= entersHere;
            if (!entered)
            {
                continue;
            }

            // In the candle of entry the order of prices is unknown: a stop there counts, a target does not.
            var (stopped, reached) = (IsStopped(candle), IsReached(candle));
            if (stopped)
            {
                return reached && !entersHere ? Decide(candle) : (TradeResult.Stop, plan.Stop, reached);
            }

            if (reached && !entersHere)
            {
                return (TradeResult.Target, target, false);
            }
        }

        return entered ? (TradeResult.Open, candles.Closes[^1], false) : (TradeResult.NotEntered, plan.Entry, false);
    }

    // Stop and target in one candle: the shorter timeframe tells which came first; where it cannot, the stop did.
    (TradeResult Result, double Exit, bool Ambiguous) Decide(in Candle both)
    {
        var end = timeframe.CloseOf(both.OpenTime);
        for (var i = finer?.IndexAtOrAfter(both.OpenTime) ?? 0; i < (finer?.Count ?? 0) && finer!.Times[i] < end; i++)
        {
            var (stopped, reached) = (IsStopped(finer[i]), IsReached(finer[i]));
            if (stopped || reached)
            {
                return stopped ? (TradeResult.Stop, plan.Stop, reached) : (TradeResult.Target, target, false);
            }
        }

        return (TradeResult.Stop, plan.Stop, true);
    }

    bool IsEntered(in Candle candle) => rising ? candle.Low <= plan.Entry : candle.High >= plan.Entry;

    bool IsStopped(in Candle candle) => rising ? candle.Low <= plan.Stop : candle.High >= plan.Stop;

    bool IsReached(in Candle candle) => rising ? candle.High >= target : candle.Low <= target;
}
