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
        var bullish = window.Seen(window.Last, Direction.Bullish);
        var bearish = window.Seen(window.Last, Direction.Bearish);
        var now = window.Mark(window.Last);
        var closeTime = window.KnownAt(window.Last);
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var pattern = ref open[i];
            ref readonly var candle = ref pattern.Direction == Direction.Bearish ? ref bearish : ref bullish;
            var status = pattern.Next(candle, closeTime, now, observer);
            if (status == PatternStatus.Active)
            {
                if (kept != i)
                {
                    open[kept] = pattern;
                }

                kept++;
            }
            else
            {
                pattern.End(status, now, failed, observer);
            }
        }

        Count = kept;
    }
}
