using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

/// <summary>Hears what becomes known of a symbol's patterns on every timeframe, in the order in which it becomes known.</summary>
public interface ISymbolObserver
{
    /// <summary>A pattern was confirmed; the plan is null where entry and stop would coincide.</summary>
    void PatternConfirmed(Timeframe timeframe, in Pattern pattern, TradePlan? plan);

    /// <summary>Price reached a pattern for the first time.</summary>
    void PatternTouched(Timeframe timeframe, in Pattern pattern, in PatternLife life);

    /// <summary>A pattern came to its end.</summary>
    void PatternEnded(Timeframe timeframe, in Pattern pattern, in PatternLife life);

    /// <summary>How much the timeframes agree after one or more patterns were confirmed; the patterns have been told before.</summary>
    void TimeframesWeighed(in ConfluenceScore score);

    /// <summary>What became of a pattern that has ended and whose trade, if it had one, is over.</summary>
    void OutcomeKnown(in Pattern pattern, in PatternOutcome outcome);
}
