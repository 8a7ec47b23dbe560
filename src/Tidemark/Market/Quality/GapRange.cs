using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>A range without candles; the end is exclusive.</summary>
public readonly record struct GapRange(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Length => Until - From;

    public bool Overlaps(GapRange other) => From < other.Until && other.From < Until;

    /// <summary>What is left of this range outside others.</summary>
    public IEnumerable<GapRange> Without(IEnumerable<GapRange> others)
    {
        var from = From;
        var until = Until;
        foreach (var other in others.Where(Overlaps).OrderBy(other => other.From))
        {
            if (other.From > from)
            {
                yield return new GapRange(from, other.From);
            }
            from = other.Until > from ? other.Until : from;
        }
        if (from < until)
        {
            yield return new GapRange(from, until);
        }
    }

    /// <summary>What this range shares with others.</summary>
    public IEnumerable<GapRange> Within(IEnumerable<GapRange> others)
    {
        var (from, until) = (From, Until);
        return others.Where(Overlaps).OrderBy(other => other.From)
            .Select(other => new GapRange(other.From > from ? other.From : from, other.Until < until ? other.Until : until));
    }

    /// <summary>How many whole candles of a timeframe lie in it.</summary>
    public long Candles(Timeframe timeframe)
    {
        var first = timeframe.BucketOf(From.ToUnixTimeMilliseconds() + timeframe.Milliseconds - 1);
        return Math.Max(0, (timeframe.BucketOf(Until.ToUnixTimeMilliseconds()) - first) / timeframe.Milliseconds);
    }

    /// <summary>Ranges that touch become one.</summary>
    public static IReadOnlyList<GapRange> Union(IEnumerable<GapRange> ranges)
    {
        var merged = new List<GapRange>();
        foreach (var range in ranges.OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].Until)
            {
                merged[^1] = new GapRange(merged[^1].From, range.Until > merged[^1].Until ? range.Until : merged[^1].Until);
            }
            else
            {
                merged.Add(range);
            }
        }
        return merged;
    }
}
