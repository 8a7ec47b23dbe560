using System.Runtime.CompilerServices;
using Tidemark.Quant.Patterns.Detection;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>
/// Finds the patterns of one symbol and timeframe. It takes closed candles one at a time, reports every fact at the close that makes it known,
/// and keeps only the latest candles and what is still open.
/// </summary>
public sealed class PatternEngine
{
    readonly PatternOptions options;
    readonly CandleWindow window;
    readonly LivePatterns live = new();
    readonly FailedBlocks failed = new();
    readonly StructureDetector structure = new();
    readonly SwingDetector swings3 = new(3);
    readonly SwingDetector swings5 = new(5);
    readonly GapDetector gaps;
    readonly OrderBlockDetector blocks;
    readonly SweepDetector sweepsOfHighs;
    readonly SweepDetector sweepsOfLows;
    readonly EqualLevelDetector equalHighs;
    readonly EqualLevelDetector equalLows;

    // Room for findings, so that the many candles without one clear nothing.
    Finding found;
    Finding bearishSweep;
    Finding bullishSweep;
    int confirmed;

    /// <summary>An engine that has seen no candle yet.</summary>
    public PatternEngine(Timeframe timeframe, PatternOptions? options = null)
    {
        Timeframe = timeframe;
        this.options = (options ?? PatternOptions.Default).Checked();
        window = new CandleWindow(timeframe);
        gaps = new GapDetector(timeframe, this.options);
        blocks = new OrderBlockDetector(this.options);
        sweepsOfHighs = new SweepDetector(Direction.Bearish, this.options);
        sweepsOfLows = new SweepDetector(Direction.Bullish, this.options);
        equalHighs = new EqualLevelDetector(highs: true, this.options);
        equalLows = new EqualLevelDetector(highs: false, this.options);
    }

    /// <summary>The timeframe of the candles it takes.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>How many candles it has taken.</summary>
    public int CandlesSeen => window.Last + 1;

    /// <summary>The way of the last break of structure; neutral before the first.</summary>
    public Direction Trend => structure.Trend;

    /// <summary>The latest known swing low and high that stand out from five candles on each side; null before there are both.</summary>
    public DealingRange? Range =>
        structure.High is { } high && structure.Low is { } low ? new DealingRange(low.Level, high.Level) : null;

    /// <summary>Takes the next closed candle and reports, in order, what its close makes known.</summary>
    public void Next(in Candle candle, IPatternObserver observer)
    {
        window.Add(candle);
        live.Next(window, failed, observer);
        structure.BreakLevels(window, observer);
        var sweptHighs = sweepsOfHighs.Find(window, ref bearishSweep);
        var sweptLows = sweepsOfLows.Find(window, ref bullishSweep);
        equalHighs.SweepLevels(window, observer);
        equalLows.SweepLevels(window, observer);
        LearnSwings(observer);
        if (failed.Count > 0)
        {
            ConfirmFailedBlocks(observer);
        }

        if (gaps.Find(window, ref found))
        {
            Confirm(found, observer);
        }

        if (blocks.Find(window, ref found))
        {
            Confirm(found, observer);
        }

        if (sweptHighs)
        {
            Confirm(bearishSweep, observer);
        }

        if (sweptLows)
        {
            Confirm(bullishSweep, observer);
        }
    }

    /// <summary>The pattern confirmed last of those still open; null of none.</summary>
    public Pattern? LatestOpen
    {
        get
        {
            for (var i = live.Count - 1; i >= 0; i--)
            {
                if (live.IsShown(i))
                {
                    return live[i].Pattern;
                }
            }

            return null;
        }
    }

    /// <summary>Copies the open patterns with their lives so far, oldest first.</summary>
    public void CopyOpen(ICollection<(Pattern Pattern, PatternLife Life)> patterns)
    {
        for (var i = 0; i < live.Count; i++)
        {
            if (live.IsShown(i))
            {
                patterns.Add((live[i].Pattern, live[i].Life));
            }
        }
    }

    void LearnSwings(IPatternObserver observer)
    {
        if (swings5.HasHigh(window))
        {
            LearnOfStructure(isHigh: true, observer);
        }

        if (swings5.HasLow(window))
        {
            LearnOfStructure(isHigh: false, observer);
        }

        if (swings3.HasHigh(window))
        {
            LearnOfLevel(isHigh: true, sweepsOfHighs, equalHighs, observer);
        }

        if (swings3.HasLow(window))
        {
            LearnOfLevel(isHigh: false, sweepsOfLows, equalLows, observer);
        }
    }

    // What happens on few candles stays out of line: inlined, its temporaries would be cleared on every one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    void LearnOfStructure(bool isHigh, IPatternObserver observer)
    {
        var swing = swings5.At(window, isHigh);
        structure.Take(swing);
        observer.SwingKnown(swing);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void LearnOfLevel(bool isHigh, SweepDetector sweeps, EqualLevelDetector equals, IPatternObserver observer)
    {
        var swing = swings3.At(window, isHigh);
        sweeps.Take(swing);
        observer.SwingKnown(swing);
        equals.Take(swing, window, observer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void ConfirmFailedBlocks(IPatternObserver observer)
    {
        failed.Sort();
        for (var i = 0; i < failed.Count; i++)
        {
            Confirm(failed.At(i, window), observer);
        }

        failed.Clear();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Confirm(in Finding finding, IPatternObserver observer)
    {
        var hidden = finding is { Kind: PatternKind.OrderBlock, Origin: BlockOrigin.Candidate };
        var knownAt = window.KnownAt(window.Last);
        var pattern = new Pattern
        {
            Number = hidden ? 0 : ++confirmed,
            Kind = finding.Kind,
            Direction = finding.Direction,
            Rule = finding.Rule,
            Anchor = finding.Anchor,
            Evidence = finding.Evidence,
            KnownAt = knownAt,
            Zone = finding.Zone,
            ConfirmingClose = window.Close(window.Last),
            Body = finding.Body,
            SweptLevel = finding.SweptLevel,
            LevelsSwept = finding.LevelsSwept,
            Origin = finding.Kind == PatternKind.OrderBlock ? BlockOrigin.None : finding.Origin,
            OriginConfirmed = finding.OriginConfirmed,
            Strength = hidden ? 0 : Strength.Of(finding, window, structure.Trend),
            AverageRange = window.AverageRange,
            SwingInvalidation = options.SwingInvalidation ? SwingBeyond(finding) : null,
            ExpiresAt = PatternExpiry.EndOf(knownAt, Timeframe, options.AverageRangeExpiry ? Calm() : 1),
        };
        live.Add(new LivePattern(pattern, finding, window));
        if (!hidden)
        {
            observer.PatternConfirmed(pattern);
        }
    }

    double? SwingBeyond(in Finding finding)
    {
        var bullish = finding.Direction == Direction.Bullish;
        var level = (bullish ? structure.Low : structure.High)?.Level;
        return bullish
            ? level < finding.Zone.Bottom ? level : null
            : level > finding.Zone.Top ? level : null;
    }

    double Calm() => window.Atr14.Ticks is { } near && near > 0 && window.Atr100.Ticks is { } far ? Math.Clamp(far / near, 0.5, 2) : 1;
}
