namespace Tidemark.Quant.Patterns.Detection;

/// <summary>
/// Sweeps in one direction. Levels that no wick has passed fall (for highs) from the oldest to the newest,
/// so a candle takes them from the newest end until one holds.
/// </summary>
sealed class SweepDetector(Direction direction, PatternOptions options)
{
    const int Capacity = CandleWindow.Length;
    const int Mask = Capacity - 1;
    const int SwingReach = 3;

    readonly PatternRule rule = new("liquidity-sweep", $"swing={SwingReach} within={options.SweepReach} minimum={options.MinimumPercent}%");
    readonly double[] levels = new double[Capacity];
    readonly int[] pivots = new int[Capacity];
    int oldest;
    int next;

    /// <summary>Takes the levels that the latest candle passes; a sweep is found where it closed back inside.</summary>
    public bool Find(CandleWindow window, ref Finding finding)
    {
        var last = window.Last;
        while (oldest < next && last - pivots[oldest & Mask] > options.SweepReach)
        {
            oldest++;
        }

        // The levels of a bearish sweep lie above: its own view would put them below.
        var candle = window.Seen(last, direction.Opposite());
        var swept = 0;
        var outermost = 0;
        while (oldest < next && candle.High > levels[(next - 1) & Mask])
        {
            next--;
            var slot = next & Mask;
            if (candle.Close < levels[slot])
            {
                outermost = swept == 0 || levels[slot] > levels[outermost] ? slot : outermost;
                swept++;
            }
        }

        return swept > 0 && Accept(window, candle, levels[outermost], pivots[outermost], swept, ref finding);
    }

    /// <summary>Remembers the level of a swing that became known.</summary>
    public void Take(in SwingPoint swing)
    {
        levels[next & Mask] = direction == Direction.Bearish ? swing.Level : -swing.Level;
        pivots[next & Mask] = swing.Pivot.Index;
        next++;
    }

    bool Accept(CandleWindow window, in Sight candle, double level, int pivot, int swept, ref Finding finding)
    {
        var last = window.Last;
        var zone = Sight.ZoneOf(level, candle.High, direction.Opposite());
        if (!zone.SpansAtLeast(options.MinimumPercent))
        {
            return false;
        }

        var range = window.Ticks(candle.High) - window.Ticks(candle.Low);
        var meanVolume = window.MeanVolumeBefore(last);
        finding = new Finding
        {
            Kind = PatternKind.LiquiditySweep,
            Direction = direction,
            Rule = rule,
            Anchor = window.Mark(pivot),
            Evidence = window.Between(pivot - SwingReach, last),
            Zone = zone,
            SweptLevel = Math.Abs(level),
            LevelsSwept = swept,
            Determination = range > 0 ? (window.Ticks(candle.High) - window.Ticks(candle.Close)) / range : 0,
            RelativeVolume = meanVolume > 0 ? window.Volume(last) / meanVolume : 0,
        };
        return true;
    }
}
