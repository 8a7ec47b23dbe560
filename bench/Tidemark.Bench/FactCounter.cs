using Tidemark.Quant.Patterns;

namespace Tidemark.Bench;

/// <summary>An observer that costs next to nothing.</summary>
sealed class FactCounter : IPatternObserver
{
    public long Facts { get; private set; }

    public void SwingKnown(in SwingPoint swing) => Facts++;

    public void StructureBroken(in StructureBreak structure) => Facts++;

    public void LevelsEqual(in EqualLevels levels) => Facts++;

    public void EqualLevelsSwept(in EqualLevels levels, CandleMark candle) => Facts++;

    public void PatternConfirmed(in Pattern pattern) => Facts++;

    public void PatternTouched(in Pattern pattern, in PatternLife life) => Facts++;

    public void PatternEnded(in Pattern pattern, in PatternLife life) => Facts++;
}
