using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Hindsight;

/// <summary>Writes down every fact of an engine in one list, in the order in which it became known.</summary>
public sealed class FactRecorder : IPatternObserver
{
    readonly List<KnownFact> facts = [];

    /// <summary>The facts so far.</summary>
    public IReadOnlyList<KnownFact> Facts => facts;

    /// <summary>All facts of a series.</summary>
    public static IReadOnlyList<KnownFact> FactsOf(CandleSlice candles, Timeframe timeframe, PatternOptions? options = null)
    {
        var engine = new PatternEngine(timeframe, options);
        var recorder = new FactRecorder();
        for (var i = 0; i < candles.Count; i++)
        {
            engine.Next(candles[i], recorder);
        }

        return recorder.Facts;
    }

    void IPatternObserver.SwingKnown(in SwingPoint swing) => Add(swing.Evidence.Last, swing);

    void IPatternObserver.StructureBroken(in StructureBreak structure) => Add(structure.Evidence.Last, structure);

    void IPatternObserver.LevelsEqual(in EqualLevels levels) => Add(levels.Evidence.Last, levels);

    void IPatternObserver.EqualLevelsSwept(in EqualLevels levels, CandleMark candle) => Add(candle, (levels, candle));

    void IPatternObserver.PatternConfirmed(in Pattern pattern) => Add(pattern.Confirmed, pattern);

    void IPatternObserver.PatternTouched(in Pattern pattern, in PatternLife life) => Add(life.Touched!.Value, (pattern, life));

    void IPatternObserver.PatternEnded(in Pattern pattern, in PatternLife life) => Add(life.Ended!.Value, (pattern, life));

    void Add(CandleMark known, object fact) => facts.Add(new KnownFact(known.Index, fact));
}
