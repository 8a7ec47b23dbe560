namespace Tidemark.Quant.Patterns.Detection;

/// <summary>The open patterns of an engine and what each further candle does to them.</summary>
sealed class LivePatterns
{
    LivePattern[] open = new LivePattern[32];

    public int Count { get; private set; }

    public (Pattern Pattern, PatternLife Life) this[int position] => (open[position].Pattern, open[position].Life());

    public bool IsShown(int position) => open[position].IsShown;

    public void Add(in LivePattern pattern)
    {
        if (Count == open.Length)
        {
            Array.Resize(ref open, Count * 2);
        }

        open[Count++] = pattern;
    }

    /// <summary>Lives every open pattern through the latest candle, oldest first; those that end leave.</summary>
    public void Next(CandleWindow window, FailedBlocks failed, IPatternObserver observer)
    {
        Span<Sight> views = [window.Seen(window.Last, Direction.Bullish), window.Seen(window.Last, Direction.Bearish)];
        var closeTime = window.KnownAt(window.Last);
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var pattern = ref open[i];
            ref readonly var candle = ref views[pattern.View];
            if (pattern.IsOutOfReach(candle, closeTime) || pattern.Survives(candle, closeTime, window, failed, observer))
            {
                pattern.NoteLeg(candle.High);
                if (kept != i)
                {
                    open[kept] = pattern;
                }

                kept++;
            }
        }

        Count = kept;
    }
}
