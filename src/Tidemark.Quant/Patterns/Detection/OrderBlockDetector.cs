namespace Tidemark.Quant.Patterns.Detection;

/// <summary>The last opposite candle before an impulse: an order block where the impulse breaks structure, else a candidate that only matters if it fails.</summary>
sealed class OrderBlockDetector(PatternOptions options)
{
    const int StructureReach = 10;
    const int BlockReach = 3;
    const double LargestDecimal = 1e27;

    readonly PatternRule rule = new(
        "order-block",
        $"impulse={options.ImpulseBodies}x mean={CandleWindow.Mean} structure={StructureReach} minimum={options.MinimumPercent}%");

    int latestBullishAnchor = -1;
    int latestBearishAnchor = -1;

    public bool Find(CandleWindow window, ref Finding finding)
    {
        var last = window.Last;
        var bodies = window.BodySumBeforeLast;
        if (!(bodies > 0) || !IsImpulse(window.LastBody * CandleWindow.Mean, bodies))
        {
            return false;
        }

        var direction = window.Close(last) > window.Open(last) ? Direction.Bullish : Direction.Bearish;
        var anchor = OppositeCandle(window, direction);
        var zone = new Zone(window.Low(anchor), window.High(anchor));
        if (anchor < 0 || !zone.SpansAtLeast(options.MinimumPercent))
        {
            return false;
        }

        var liquidity = Beyond(window, last - StructureReach, last - 1, direction);
        var breaksStructure = window.Seen(last, direction).Close > liquidity && IsFirstOn(anchor, direction);
        var meanVolume = window.MeanVolumeBefore(last);
        finding = new Finding
        {
            Kind = PatternKind.OrderBlock,
            Direction = direction,
            Rule = rule,
            Anchor = window.Mark(anchor),
            Evidence = window.Between(Math.Min(anchor, last - StructureReach), last),
            Zone = zone,
            Body = new Zone(Math.Min(window.Open(anchor), window.Close(anchor)), Math.Max(window.Open(anchor), window.Close(anchor))),
            Origin = breaksStructure ? BlockOrigin.OrderBlock : BlockOrigin.Candidate,
            Determination = window.LastBody * CandleWindow.Mean / bodies / 2,
            RelativeVolume = meanVolume > 0 ? window.Volume(last) / meanVolume : 0,
            LiquidityBeyond = liquidity,
        };
        return true;
    }

    // Both are whole ticks; only their product with the option may fall to the noise of the last bit.
    bool IsImpulse(double body, double bodies)
    {
        var limit = options.ImpulseBodies * bodies;
        return Math.Abs(body - limit) > limit * 1e-14 || limit > LargestDecimal
            ? body > limit
            : (decimal)body > (decimal)options.ImpulseBodies * (decimal)bodies;
    }

    static int OppositeCandle(CandleWindow window, Direction direction)
    {
        for (var index = window.Last - 1; index >= window.Last - BlockReach; index--)
        {
            var seen = window.Seen(index, direction);
            if (seen.Close < seen.Open)
            {
                return index;
            }
        }

        return -1;
    }

    static double Beyond(CandleWindow window, int from, int to, Direction direction) =>
        direction == Direction.Bearish ? -window.Lowest(from, to) : window.Highest(from, to);

    // The nearest opposite candle never moves back, so the latest anchor is all that needs remembering.
    bool IsFirstOn(int anchor, Direction direction)
    {
        ref var latest = ref direction == Direction.Bearish ? ref latestBearishAnchor : ref latestBullishAnchor;
        var first = anchor != latest;
        latest = anchor;
        return first;
    }
}
