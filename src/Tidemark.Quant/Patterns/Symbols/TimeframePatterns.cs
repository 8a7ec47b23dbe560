using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>One timeframe of a symbol: its engine, and a trade on paper for each of its patterns, followed on the symbol's shortest candles.</summary>
sealed class TimeframePatterns(Timeframe timeframe, PatternOptions? options, OutcomeBook record, double costPerSide, ISymbolObserver? observer) : IPatternObserver
{
    readonly List<PaperTrade> trades = [];
    int taken;

    // Nothing happens to any trade while lows stay above the one and highs below the other.
    double wakesBelow = double.NegativeInfinity;
    double wakesAbove = double.PositiveInfinity;
    bool hasConfirmed;
    bool hasEnded;

    public Timeframe Timeframe => timeframe;

    public PatternEngine Engine { get; } = new(timeframe, options);

    public TimeframeView View => new(timeframe, Engine.LatestOpen?.Direction ?? Direction.Neutral);

    /// <summary>The latest active pattern, where the candles taken last confirmed it.</summary>
    public Pattern? News { get; private set; }

    /// <summary>Whether there is news, without copying it.</summary>
    public bool HasNews { get; private set; }

    public void ForgetNews() => (News, HasNews) = (null, false);

    public TradePlan? PlanOf(Pattern pattern) => trades.Find(trade => trade.Pattern.Number == pattern.Number)?.Plan;

    /// <summary>Takes the closed candles it has not yet seen of a growing series.</summary>
    public void CatchUp(CandleSeries closed)
    {
        for (; taken < closed.Count; taken++)
        {
            Next(closed[taken]);
        }
    }

    public void Next(in Candle candle)
    {
        Engine.Next(candle, this);
        if (hasEnded)
        {
            Settle(candle.Close);
            hasEnded = false;
        }

        if (hasConfirmed)
        {
            News = Engine.LatestOpen is { } latest && latest.Confirmed.OpenTime == candle.OpenTime ? latest : News;
            (HasNews, hasConfirmed) = (News is not null, false);
        }
    }

    /// <summary>Lives all trades through a candle of the source timeframe.</summary>
    public void Trade(in Candle candle)
    {
        if (candle.Low > wakesBelow && candle.High < wakesAbove)
        {
            return;
        }

        foreach (var trade in trades)
        {
            trade.Next(candle);
        }

        Settle(candle.Close);
        (wakesBelow, wakesAbove) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var trade in trades)
        {
            WakeFor(trade);
        }
    }

    void WakeFor(PaperTrade trade) => (wakesBelow, wakesAbove) = (Math.Max(wakesBelow, trade.WakesBelow), Math.Min(wakesAbove, trade.WakesAbove));

    void Settle(double price)
    {
        for (var i = 0; i < trades.Count; i++)
        {
            if (trades[i].IsFinished)
            {
                var outcome = trades[i].Outcome(timeframe, price, costPerSide);
                record.Add(outcome);
                observer?.OutcomeKnown(trades[i].Pattern, outcome);
            }
        }

        trades.RemoveAll(static trade => trade.IsFinished);
    }

    void IPatternObserver.PatternConfirmed(in Pattern pattern)
    {
        var plan = TradePlan.Of(pattern, Engine.Range);
        var trade = new PaperTrade(pattern, plan);
        trades.Add(trade);
        WakeFor(trade);
        hasConfirmed = true;
        observer?.PatternConfirmed(timeframe, pattern, plan);
    }

    void IPatternObserver.PatternEnded(in Pattern pattern, in PatternLife life)
    {
        var number = pattern.Number;
        trades.Find(trade => trade.Pattern.Number == number)!.End(life);
        hasEnded = true;
        observer?.PatternEnded(timeframe, pattern, life);
    }

    void IPatternObserver.SwingKnown(in SwingPoint swing)
    {
    }

    void IPatternObserver.StructureBroken(in StructureBreak structure)
    {
    }

    void IPatternObserver.LevelsEqual(in EqualLevels levels)
    {
    }

    void IPatternObserver.EqualLevelsSwept(in EqualLevels levels, CandleMark candle)
    {
    }

    void IPatternObserver.PatternTouched(in Pattern pattern, in PatternLife life) => observer?.PatternTouched(timeframe, pattern, life);
}
