using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>Everything an engine reported, kept in the order in which it became known.</summary>
public sealed class PatternLog : IPatternObserver
{
    readonly List<SwingPoint> swings = [];
    readonly List<StructureBreak> breaks = [];
    readonly List<EqualLevels> equals = [];
    readonly List<(EqualLevels Levels, CandleMark Candle)> equalSweeps = [];
    readonly List<Pattern> patterns = [];
    readonly List<PatternLife> lives = [];

    /// <summary>Swings of both reaches.</summary>
    public IReadOnlyList<SwingPoint> Swings => swings;

    /// <summary>Breaks of structure and changes of character.</summary>
    public IReadOnlyList<StructureBreak> Breaks => breaks;

    /// <summary>Equal highs and lows.</summary>
    public IReadOnlyList<EqualLevels> EqualPairs => equals;

    /// <summary>Equal highs and lows that a wick has passed, with the candle that did.</summary>
    public IReadOnlyList<(EqualLevels Levels, CandleMark Candle)> EqualSweeps => equalSweeps;

    /// <summary>Confirmed patterns; the one with number n is at position n-1.</summary>
    public IReadOnlyList<Pattern> Patterns => patterns;

    /// <summary>The life of each pattern, at the same position.</summary>
    public IReadOnlyList<PatternLife> Lives => lives;

    /// <summary>Everything found in a series: an engine fed candle by candle.</summary>
    public static PatternLog Of(CandleSlice candles, Timeframe timeframe, PatternOptions? options = null)
    {
        var engine = new PatternEngine(timeframe, options);
        var log = new PatternLog();
        for (var i = 0; i < candles.Count; i++)
        {
            engine.Next(candles[i], log);
        }

        log.TakeOpen(engine);
        return log;
    }

    /// <summary>Brings the lives of patterns that are still open up to date.</summary>
    public void TakeOpen(PatternEngine engine)
    {
        var open = new List<(Pattern Pattern, PatternLife Life)>();
        engine.CopyOpen(open);
        foreach (var (pattern, life) in open)
        {
            lives[pattern.Number - 1] = life;
        }
    }

    void IPatternObserver.SwingKnown(in SwingPoint swing) => swings.Add(swing);

    void IPatternObserver.StructureBroken(in StructureBreak structure) => breaks.Add(structure);

    void IPatternObserver.LevelsEqual(in EqualLevels levels) => equals.Add(levels);

    void IPatternObserver.EqualLevelsSwept(in EqualLevels levels, CandleMark candle) => equalSweeps.Add((levels, candle));

    void IPatternObserver.PatternConfirmed(in Pattern pattern)
    {
        patterns.Add(pattern);
        lives.Add(new PatternLife(PatternStatus.Active, null, null, 0));
    }

    void IPatternObserver.PatternTouched(in Pattern pattern, in PatternLife life) => lives[pattern.Number - 1] = life;

    void IPatternObserver.PatternEnded(in Pattern pattern, in PatternLife life) => lives[pattern.Number - 1] = life;
}
