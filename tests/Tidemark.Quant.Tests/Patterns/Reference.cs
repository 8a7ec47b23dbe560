using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>The rules once more, slow and obvious: over the whole series, in decimals, by looking back at every candle. Shares no code with the engine.</summary>
sealed partial class Reference
{
    readonly long frame;
    readonly long lifetime;
    readonly long[] times;
    readonly decimal[] opens;
    readonly decimal[] highs;
    readonly decimal[] lows;
    readonly decimal[] closes;
    readonly decimal[] volumes;
    readonly decimal[] bodies;
    readonly decimal?[] ranges;
    readonly int[] trends;

    public Reference(CandleSeries candles, long frame, int hours)
    {
        this.frame = frame;
        lifetime = hours * 3_600_000L;
        times = [.. candles.Times];
        opens = Exact(candles.Opens);
        highs = Exact(candles.Highs);
        lows = Exact(candles.Lows);
        closes = Exact(candles.Closes);
        volumes = Exact(candles.Volumes);
        bodies = [.. opens.Zip(closes, (open, close) => Math.Abs(close - open))];
        ranges = AverageRanges();
        (Breaks, trends) = Structure();
    }

    int Count => times.Length;

    public List<string> Breaks { get; }

    public IEnumerable<(int Pivot, decimal Level)> Swings(bool high, int reach)
    {
        for (var pivot = reach; pivot < Count - reach; pivot++)
        {
            var level = Side(high, pivot);
            var before = Enumerable.Range(pivot - reach, reach).All(i => Beyond(high, level, Side(high, i)));
            var after = Enumerable.Range(pivot + 1, reach).All(i => !Beyond(high, Side(high, i), level));
            if (before && after)
            {
                yield return (pivot, level);
            }
        }
    }

    public IEnumerable<string> EqualPairs()
    {
        foreach (var high in new[] { true, false })
        {
            var swings = Swings(high, 3).ToList();
            foreach (var (first, second) in swings.Zip(swings.Skip(1)))
            {
                var known = second.Pivot + 3;
                var level = high ? Math.Max(first.Level, second.Level) : Math.Min(first.Level, second.Level);
                var passed = Enumerable.Range(first.Pivot + 1, known - first.Pivot).Any(i => Beyond(high, Side(high, i), level));
                if (ranges[known] is { } range && Math.Abs(first.Level - second.Level) <= 0.1m * range && !passed)
                {
                    yield return $"{high} {known} {first.Pivot} {second.Pivot} {level:G29}";
                }
            }
        }
    }

    (List<string> Breaks, int[] Trends) Structure()
    {
        var (breaks, after, trend) = (new List<string>(), new int[Count], 0);
        var known = new[] { true, false }.ToDictionary(high => high, high => Swings(high, 5).ToDictionary(swing => swing.Pivot + 5));
        var (levels, standing) = (new (int Pivot, decimal Level)[2], new bool[2]);
        for (var i = 0; i < Count; i++)
        {
            foreach (var (high, side) in new[] { (true, 0), (false, 1) })
            {
                if (standing[side] && Beyond(high, closes[i], levels[side].Level))
                {
                    var way = high ? 1 : -1;
                    breaks.Add($"{(trend == -way ? "CHOCH" : "BOS")} {way} {i} {levels[side].Level:G29} {levels[side].Pivot}");
                    (standing[side], trend) = (false, way);
                }
            }

            foreach (var (high, side) in new[] { (true, 0), (false, 1) })
            {
                if (known[high].TryGetValue(i, out var swing))
                {
                    (levels[side], standing[side]) = (swing, true);
                }
            }

            after[i] = trend;
        }

        return (breaks, after);
    }

    decimal?[] AverageRanges()
    {
        var averages = new decimal?[Count];
        var all = Enumerable.Range(1, Math.Max(0, Count - 1))
            .Select(i => Math.Max(highs[i] - lows[i], Math.Max(Math.Abs(highs[i] - closes[i - 1]), Math.Abs(lows[i] - closes[i - 1])))).ToList();
        for (var i = 14; i < Count; i++)
        {
            averages[i] = i == 14 ? all.Take(14).Sum() / 14 : ((averages[i - 1] * 13) + all[i - 1]) / 14;
        }

        return averages;
    }

    decimal Side(bool high, int index) => high ? highs[index] : lows[index];

    static bool Beyond(bool high, decimal price, decimal level) => high ? price > level : price < level;

    static decimal? MeanOfTwentyBefore(decimal[] column, int index) => index >= 20 ? column[(index - 20)..index].Sum() / 20 : null;

    static decimal[] Exact(ReadOnlySpan<double> prices)
    {
        var exact = new decimal[prices.Length];
        for (var i = 0; i < exact.Length; i++)
        {
            exact[i] = (decimal)prices[i];
        }

        return exact;
    }
}
