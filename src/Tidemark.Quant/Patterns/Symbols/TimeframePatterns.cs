using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>One timeframe of a symbol: its engine, and a trade on paper for each of its patterns, followed on the symbol's shortest candles.</summary>
sealed class TimeframePatterns(Timeframe timeframe, PatternOptions? options, OutcomeBook record, double costPerSide) : IPatternObserver
{
    readonly List<PaperTrade> trades = [];
    int taken;

    public Timeframe Timeframe => timeframe;

    public PatternEngine Engine { get; } = new(timeframe, options);

    public TimeframeView View => new(timeframe, Engine.LatestOpen?.Direction ?? Direction.Neutral);

    /// <summary>The latest active pattern, where the candles taken last confirmed it.</summary>
    public Pattern? News { get; private set; }

    public void ForgetNews() => News = null;

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
        Settle(candle.Close);
        News = Engine.LatestOpen is { } latest && latest.Confirmed.OpenTime == candle.OpenTime ? latest : News;
    }

    /// <summary>Lives all trades through a candle of the source timeframe.</summary>
    public void Trade(in Candle candle)
    {
        foreach (var trade in trades)
        {
            trade.Next(candle);
        }

        Settle(candle.Close);
    }

    void Settle(double price)
    {
        for (var i = 0; i < trades.Count; i++)
        {
            if (trades[i].IsFinished)
            {
                record.Add(trades[i].Outcome(timeframe, price, costPerSide));
            }
        }

        trades.RemoveAll(static trade => trade.IsFinished);
    }

    void IPatternObserver.PatternConfirmed(in Pattern pattern) => trades.Add(new PaperTrade(pattern, TradePlan.Of(pattern, Engine.Range)));

    void IPatternObserver.PatternEnded(in Pattern pattern, in PatternLife life)
    {
        var number = pattern.Number;
        trades.Find(trade => trade.Pattern.Number == number)!.End(life);
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

    void IPatternObserver.PatternTouched(in Pattern pattern, in PatternLife life)
    {
    }
}
