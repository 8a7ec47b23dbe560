namespace Tidemark.Quant.Patterns;

/// <summary>The zones with a life: gaps, order blocks, sweeps, and what failed blocks become.</summary>
sealed partial class Reference
{
    readonly record struct Origin(bool IsOrderBlock, bool Rising, int Confirmed, int Anchor);

    public IEnumerable<string> Gaps()
    {
        for (var i = 2; i < Count; i++)
        {
            var rising = highs[i - 2] < lows[i];
            var (bottom, top) = rising ? (highs[i - 2], lows[i]) : (highs[i], lows[i - 2]);
            if (times[i] - times[i - 2] == 2 * frame && bottom < top && IsHighEnough(bottom, top))
            {
                yield return Row("FairValueGap", rising, i, i - 1, bottom, top, Drive(i - 1), Share(volumes, i - 1));
            }
        }
    }

    public IEnumerable<string> OrderBlocks() => Origins().Where(origin => origin.IsOrderBlock).Select(block => Row(
        "OrderBlock", block.Rising, block.Confirmed, block.Anchor, lows[block.Anchor], highs[block.Anchor], Drive(block.Confirmed), Share(volumes, block.Confirmed)));

    public IEnumerable<string> FailedBlocks() =>
        from origin in Origins()
        let end = Life("OrderBlock", origin.Rising, origin.Confirmed, lows[origin.Anchor], highs[origin.Anchor])
        where end.Status == PatternStatus.Invalidated
        group origin by (origin.Rising, origin.Anchor, end.Index) into failed
        let first = failed.OrderByDescending(origin => origin.IsOrderBlock).ThenBy(origin => origin.Confirmed).First()
        let leg = Range(first.Confirmed, failed.Key.Index - first.Confirmed).Select(i => Side(first.Rising, i)).ToList()
        let before = Range(first.Confirmed - 10, 10).Select(i => Side(first.Rising, i)).ToList()
        let took = first.Rising ? leg.Max() > before.Max() : leg.Min() < before.Min()
        select $"{(took ? "BreakerBlock" : "MitigationBlock")} {!first.Rising} {failed.Key.Index} {first.Anchor} {lows[first.Anchor]:G29} {highs[first.Anchor]:G29} {first.IsOrderBlock} {first.Confirmed}";

    public IEnumerable<string> Sweeps()
    {
        for (var i = 0; i < Count; i++)
        {
            foreach (var high in new[] { true, false })
            {
                var swept = Swings(high, 3).Where(swing => IsSwept(high, swing, i)).ToList();
                if (swept.Count == 0)
                {
                    continue;
                }

                var (pivot, level) = swept.OrderByDescending(swing => high ? swing.Level : -swing.Level).ThenByDescending(swing => swing.Pivot).First();
                var (bottom, top) = high ? (level, highs[i]) : (lows[i], level);
                var range = highs[i] - lows[i];
                if (IsHighEnough(bottom, top))
                {
                    yield return Row("LiquiditySweep", !high, i, pivot, bottom, top, range > 0 ? (high ? highs[i] - closes[i] : closes[i] - lows[i]) / range : null, Share(volumes, i));
                }
            }
        }
    }

    bool IsSwept(bool high, (int Pivot, decimal Level) swing, int i) =>
        swing.Pivot + 3 < i && i - swing.Pivot <= 50
        && Beyond(high, Side(high, i), swing.Level) && Beyond(!high, closes[i], swing.Level)
        && Range(swing.Pivot + 1, i - swing.Pivot - 1).All(between => !Beyond(high, Side(high, between), swing.Level));

    List<Origin> Origins()
    {
        var origins = new List<Origin>();
        for (var i = 20; i < Count; i++)
        {
            var rising = closes[i] > opens[i];
            var anchor = new[] { i - 1, i - 2, i - 3 }.FirstOrDefault(j => rising ? closes[j] < opens[j] : closes[j] > opens[j], -1);
            if (MeanOfTwentyBefore(bodies, i) is not ({ } mean and > 0) || bodies[i] <= 1.5m * mean || anchor < 0 || !IsHighEnough(lows[anchor], highs[anchor]))
            {
                continue;
            }

            var breaks = Range(i - 10, 10).All(j => Beyond(rising, closes[i], Side(rising, j)));
            var isFirst = !origins.Exists(origin => origin.IsOrderBlock && origin.Rising == rising && origin.Anchor == anchor);
            origins.Add(new Origin(breaks && isFirst, rising, i, anchor));
        }

        return origins;
    }

    string Row(string kind, bool rising, int i, int anchor, decimal bottom, decimal top, decimal? drive, decimal? volume)
    {
        var (status, end, touched, fill) = Life(kind, rising, i, bottom, top);
        return $"{kind} {rising} {i} {anchor} {bottom:G29} {top:G29} {Strength(i, rising, top - bottom, drive, volume):0.00} {touched} {status} {end} {decimal.Round(fill, 6):0.000000}";
    }

    (PatternStatus Status, int Index, int Touched, decimal Fill) Life(string kind, bool rising, int confirmed, decimal bottom, decimal top)
    {
        var (touched, fill) = (-1, 0m);
        for (var j = confirmed + 1; j < Count; j++)
        {
            var (reached, close, away) = rising ? (lows[j], closes[j], highs[j]) : (highs[j], closes[j], lows[j]);
            var (near, far) = rising ? (top, bottom) : (bottom, top);
            var depth = Math.Clamp((near - reached) * (rising ? 1 : -1) / (top - bottom), 0, 1);
            fill = Math.Max(fill, depth * 100);
            touched = touched < 0 && !Beyond(rising, reached, near) ? j : touched;
            PatternStatus? end =
                Beyond(!rising, close, far) ? PatternStatus.Invalidated
                : kind == "FairValueGap" && !Beyond(rising, reached, far) ? PatternStatus.Filled
                : kind == "LiquiditySweep" && !Beyond(!rising, away, near + ((rising ? 2 : -2) * (top - bottom))) ? PatternStatus.Completed
                : times[j] > times[confirmed] + lifetime ? PatternStatus.Expired
                : null;
            if (end is { } status)
            {
                return (status, j, touched, fill);
            }
        }

        return (PatternStatus.Active, -1, touched, fill);
    }

    decimal Strength(int i, bool rising, decimal size, decimal? drive, decimal? volume) => decimal.Round(
        (ranges[i] is { } range and > 0 ? 40 * Math.Min(1, size / range) : 0)
        + (30 * Math.Min(1, drive ?? 0))
        + (20 * Math.Min(1, (volume ?? 0) / 2))
        + (trends[i] == (rising ? 1 : -1) ? 10 : 0),
        2,
        MidpointRounding.ToEven);

    decimal? Drive(int index) => Share(bodies, index) / 2;

    static decimal? Share(decimal[] column, int index) => MeanOfTwentyBefore(column, index) is { } mean and > 0 ? column[index] / mean : null;

    static bool IsHighEnough(decimal bottom, decimal top) => (top - bottom) * 100 >= 0.15m * bottom;

    static IEnumerable<int> Range(int first, int count) => Enumerable.Range(first, count);
}
