namespace Tidemark.Quant.Patterns;

/// <summary>Hears the facts an engine finds, in the order in which they became known.</summary>
public interface IPatternObserver
{
    /// <summary>A swing high or low became known.</summary>
    void SwingKnown(in SwingPoint swing);

    /// <summary>A candle closed beyond a swing level.</summary>
    void StructureBroken(in StructureBreak structure);

    /// <summary>Two swings at nearly the same price became known.</summary>
    void LevelsEqual(in EqualLevels levels);

    /// <summary>A wick passed the price of equal highs or lows.</summary>
    void EqualLevelsSwept(in EqualLevels levels, CandleMark candle);

    /// <summary>A pattern was confirmed.</summary>
    void PatternConfirmed(in Pattern pattern);

    /// <summary>Price reached a pattern for the first time.</summary>
    void PatternTouched(in Pattern pattern, in PatternLife life);

    /// <summary>A pattern came to its end.</summary>
    void PatternEnded(in Pattern pattern, in PatternLife life);
}
