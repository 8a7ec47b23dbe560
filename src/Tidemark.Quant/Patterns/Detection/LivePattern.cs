namespace Tidemark.Quant.Patterns.Detection;

/// <summary>One open pattern. All prices are as its direction sees them, so every pattern lies below price and waits for it to come down.</summary>
struct LivePattern
{
    readonly double near;
    readonly double far;
    readonly double lost;
    readonly double target;
    readonly double liquidity;
    readonly double scale;
    readonly bool fills;
    readonly bool mayFail;
    readonly bool shown;
    readonly long expiresAt;
    double deepest;
    double legHigh;
    bool touched;
    CandleMark touchedBy;

    public LivePattern(in Pattern pattern, in Finding finding, CandleWindow window)
    {
        Pattern = pattern;
        Direction = pattern.Direction;
        near = Seen(pattern.Zone.NearEdge(Direction));
        far = Seen(pattern.Zone.FarEdge(Direction));
        lost = Math.Max(far, pattern.SwingInvalidation is { } level ? Seen(level) : double.NegativeInfinity);
        scale = window.Scale;
        target = pattern.Kind == PatternKind.LiquiditySweep
            ? ((3 * window.Ticks(near)) - (2 * window.Ticks(far))) / scale
            : double.PositiveInfinity;
        fills = pattern.Kind == PatternKind.FairValueGap;
        mayFail = pattern.Kind == PatternKind.OrderBlock;
        shown = finding.Origin != BlockOrigin.Candidate || !mayFail;
        liquidity = finding.LiquidityBeyond;
        legHigh = window.Seen(window.Last, Direction).High;
        expiresAt = pattern.ExpiresAt;
        deepest = double.PositiveInfinity;
        Origin = finding.Origin;
    }

    public Pattern Pattern { get; }

    public Direction Direction { get; }

    readonly BlockOrigin Origin { get; }

    public readonly bool IsShown => shown;

    /// <summary>Lives through one candle; says how it ended, or that it is still active.</summary>
    public PatternStatus Next(in Sight candle, long closeTime, CandleMark now, IPatternObserver observer)
    {
        deepest = Math.Min(deepest, candle.Low);
        if (!touched && candle.Low <= near)
        {
            touched = true;
            touchedBy = now;
            if (shown)
            {
                observer.PatternTouched(Pattern, Life());
            }
        }

        if (candle.Close < lost)
        {
            return PatternStatus.Invalidated;
        }

        if (fills && candle.Low <= far)
        {
            return PatternStatus.Filled;
        }

        if (candle.High >= target)
        {
            return PatternStatus.Completed;
        }

        if (closeTime > expiresAt)
        {
            return PatternStatus.Expired;
        }

        legHigh = Math.Max(legHigh, candle.High);
        return PatternStatus.Active;
    }

    public readonly void End(PatternStatus status, CandleMark now, FailedBlocks failed, IPatternObserver observer)
    {
        if (shown)
        {
            observer.PatternEnded(Pattern, Life() with { Status = status, Ended = now });
        }

        if (mayFail && status == PatternStatus.Invalidated)
        {
            failed.Note(new FailedBlock(Direction, Pattern.Anchor, Pattern.Confirmed, Pattern.Zone, Pattern.Body, Origin, legHigh > liquidity));
        }
    }

    public readonly PatternLife Life() => new(PatternStatus.Active, touched ? touchedBy : null, null, FillPercent());

    readonly double FillPercent()
    {
        var size = Math.Round(near * scale) - Math.Round(far * scale);
        var reached = Math.Round(near * scale) - Math.Round(Math.Min(deepest, near) * scale);
        return size > 0 ? Math.Min(1, reached / size) * 100 : touched ? 100 : 0;
    }

    readonly double Seen(double price) => Direction == Direction.Bearish ? -price : price;
}
