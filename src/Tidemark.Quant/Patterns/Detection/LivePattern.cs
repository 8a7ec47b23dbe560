namespace Tidemark.Quant.Patterns.Detection;

/// <summary>One open pattern. All prices are as its direction sees them, so every pattern lies below price and waits for it to come down.</summary>
struct LivePattern
{
    // So near the target doubles may err, and ticks decide.
    const double Doubtful = 1e-12;

    readonly double near;
    readonly double doubtfulTarget;
    readonly long expiresAt;
    double legHigh;
    readonly double far;
    readonly double lost;
    readonly double liquidity;
    readonly TickScale scale;
    readonly double targetTicks;
    readonly BlockOrigin origin;
    double deepest;
    bool touched;
    CandleMark touchedBy;
    bool filled;
    CandleMark filledBy;

    public LivePattern(in Pattern pattern, in Finding finding, CandleWindow window)
    {
        Pattern = pattern;
        View = pattern.Direction == Direction.Bearish ? 1 : 0;
        near = Seen(pattern.Zone.NearEdge(pattern.Direction));
        far = Seen(pattern.Zone.FarEdge(pattern.Direction));
        lost = Math.Max(far, pattern.SwingInvalidation is { } level ? Seen(level) : double.NegativeInfinity);
        scale = TickScale.For(pattern.Zone.Top);
        (targetTicks, doubtfulTarget) = (double.PositiveInfinity, double.PositiveInfinity);
        if (pattern.Kind == PatternKind.LiquiditySweep)
        {
            targetTicks = (3 * scale.Ticks(near)) - (2 * scale.Ticks(far));
            doubtfulTarget = (targetTicks - (Math.Abs(targetTicks) * Doubtful)) / scale.TicksPerUnit;
        }

        expiresAt = pattern.ExpiresAt;
        origin = finding.Origin;
        liquidity = finding.LiquidityBeyond;
        legHigh = window.Seen(window.Last, pattern.Direction).High;
        deepest = double.PositiveInfinity;
    }

    public Pattern Pattern { get; }

    /// <summary>Which of the two views of a candle it lives in: 0 for bullish, 1 for bearish.</summary>
    public int View { get; }

    /// <summary>A candidate block is not shown: it only matters if it fails.</summary>
    public readonly bool IsShown => Pattern.Number > 0;

    /// <summary>Whether a candle leaves the pattern as it is; nearly every candle does.</summary>
    public readonly bool IsOutOfReach(in Sight candle, long closeTime) => candle.Low > near && candle.High < doubtfulTarget && closeTime <= expiresAt;

    /// <summary>Lives through a candle that may matter; says whether the pattern goes on.</summary>
    public bool Survives(in Sight candle, long closeTime, CandleWindow window, FailedBlocks failed, IPatternObserver observer)
    {
        var now = window.Mark(window.Last);
        deepest = Math.Min(deepest, candle.Low);
        if (!touched && candle.Low <= near)
        {
            touched = true;
            touchedBy = now;
            if (IsShown)
            {
                observer.PatternTouched(Pattern, Life());
            }
        }

        if (!filled && candle.Low <= far)
        {
            filled = true;
            filledBy = now;
        }

        var status = StatusAfter(candle, closeTime);
        if (status == PatternStatus.Active)
        {
            return true;
        }

        if (IsShown)
        {
            observer.PatternEnded(Pattern, Life() with { Status = status, Ended = now });
        }

        if (Pattern.Kind == PatternKind.OrderBlock && status == PatternStatus.Invalidated)
        {
            failed.Note(new FailedBlock(Pattern.Direction, Pattern.Anchor, Pattern.Confirmed, Pattern.Zone, Pattern.Body, origin, legHigh > liquidity));
        }

        return false;
    }

    /// <summary>Keeps the furthest price of the leg that started with the pattern.</summary>
    public void NoteLeg(double high) => legHigh = high > legHigh ? high : legHigh;

    public readonly PatternLife Life() => new(PatternStatus.Active, touched ? touchedBy : null, null, FillPercent()) { Filled = filled ? filledBy : null };

    readonly double FillPercent()
    {
        var size = scale.Ticks(near) - scale.Ticks(far);
        var reached = scale.Ticks(near) - scale.Ticks(Math.Min(deepest, near));
        return size > 0 ? Math.Min(1, reached / size) * 100 : touched ? 100 : 0;
    }

    readonly PatternStatus StatusAfter(in Sight candle, long closeTime)
    {
        if (candle.Close < lost)
        {
            return PatternStatus.Invalidated;
        }

        if (Pattern.Kind == PatternKind.FairValueGap && candle.Low <= far)
        {
            return PatternStatus.Filled;
        }

        if (candle.High >= doubtfulTarget && scale.Ticks(candle.High) >= targetTicks)
        {
            return PatternStatus.Completed;
        }

        return closeTime > expiresAt ? PatternStatus.Expired : PatternStatus.Active;
    }

    readonly double Seen(double price) => Pattern.Direction == Direction.Bearish ? -price : price;
}
