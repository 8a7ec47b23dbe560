using System.Runtime.CompilerServices;

namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Breaks of the latest known swing levels by a close, and the trend they make.</summary>
sealed class StructureDetector
{
    static readonly PatternRule Rule = new("structure", "reach=5 by=close");

    SwingPoint high;
    SwingPoint low;
    bool highStands;
    bool lowStands;

    public Direction Trend { get; private set; }
    public SwingPoint? High => high.Rule is null ? null : high;
    public SwingPoint? Low => low.Rule is null ? null : low;

    /// <summary>Breaks of levels known before the latest candle.</summary>
    public void BreakLevels(CandleWindow window, IPatternObserver observer)
    {
        var close = window.Close(window.Last);
        if (highStands && close > high.Level)
        {
            highStands = false;
            Report(high, Direction.Bullish, window, observer);
        }

        if (lowStands && close < low.Level)
        {
            lowStands = false;
            Report(low, Direction.Bearish, window, observer);
        }
    }

    /// <summary>A swing that became known replaces the level before it.</summary>
    public void Take(in SwingPoint swing)
    {
        if (swing.IsHigh)
        {
            high = swing;
            highStands = true;
        }
        else
        {
            low = swing;
            lowStands = true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Report(in SwingPoint level, Direction direction, CandleWindow window, IPatternObserver observer)
    {
        var change = Trend == direction.Opposite() && Trend != Direction.Neutral ? StructureChange.ChangeOfCharacter : StructureChange.BreakOfStructure;
        Trend = direction;
        var evidence = new Evidence(level.Pivot, window.Mark(window.Last));
        observer.StructureBroken(new StructureBreak(Rule, change, direction, level.Level, evidence, window.KnownAt(window.Last)));
    }
}
