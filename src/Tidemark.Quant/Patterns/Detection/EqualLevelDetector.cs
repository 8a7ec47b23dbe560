namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Equal highs, or equal lows: neighbouring swings of one side at nearly the same price with nothing beyond them in between.</summary>
sealed class EqualLevelDetector(bool highs, PatternOptions options)
{
    const double LargestDecimal = 1e27;

    readonly PatternRule rule = new(highs ? "equal-highs" : "equal-lows", $"swing=3 tolerance={options.EqualTolerance}xATR14");
    readonly Direction view = highs ? Direction.Bullish : Direction.Bearish;
    EqualLevels[] standing = new EqualLevels[64];
    int count;
    SwingPoint previous;
    bool hasPrevious;
    double beyondPrevious;

    /// <summary>Levels that the latest candle's wick passes are swept; the rest stand, the newest nearest to price.</summary>
    public void SweepLevels(CandleWindow window, IPatternObserver observer)
    {
        var wick = window.Seen(window.Last, view).High;
        beyondPrevious = Math.Max(beyondPrevious, wick);
        while (count > 0 && wick > Seen(standing[count - 1].Level))
        {
            count--;
            observer.EqualLevelsSwept(standing[count], window.Mark(window.Last));
        }
    }

    /// <summary>Compares a swing that became known with the one before it.</summary>
    public void Take(in SwingPoint swing, CandleWindow window, IPatternObserver observer)
    {
        var level = hasPrevious ? Math.Max(Seen(previous.Level), Seen(swing.Level)) : 0;
        if (hasPrevious && beyondPrevious <= level && IsNear(previous.Level, swing.Level, window))
        {
            var evidence = new Evidence(previous.Pivot, window.Mark(window.Last));
            var levels = new EqualLevels(rule, highs, previous.Pivot, swing.Pivot, Math.Abs(level), evidence, window.KnownAt(window.Last));
            Keep(levels);
            observer.LevelsEqual(levels);
        }

        previous = swing;
        hasPrevious = true;
        beyondPrevious = double.NegativeInfinity;
        for (var index = swing.Pivot.Index + 1; index <= window.Last; index++)
        {
            beyondPrevious = Math.Max(beyondPrevious, window.Seen(index, view).High);
        }
    }

    double Seen(double price) => highs ? price : -price;

    bool IsNear(double first, double second, CandleWindow window)
    {
        if (window.Atr14.Ticks is not { } range)
        {
            return false;
        }

        var apart = Math.Abs(window.Ticks(first) - window.Ticks(second));
        var allowed = options.EqualTolerance * range;
        return Math.Abs(apart - allowed) > allowed * 1e-12 || allowed > LargestDecimal
            ? apart < allowed
            : (decimal)apart <= (decimal)options.EqualTolerance * (decimal)range;
    }

    void Keep(in EqualLevels levels)
    {
        if (count == standing.Length)
        {
            Array.Resize(ref standing, count * 2);
        }

        standing[count++] = levels;
    }
}
