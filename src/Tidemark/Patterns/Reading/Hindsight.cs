using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>Takes away what was not known yet.</summary>
static class Hindsight
{
    /// <summary>A pattern as it stood at a moment; the candles of its timeframe tell how much of it was filled by then.</summary>
    public static StoredPattern At(StoredPattern pattern, DateTimeOffset at, CandleSlice candles)
    {
        if (pattern.EndedAt <= at)
        {
            return pattern;
        }
        return pattern with
        {
            Status = PatternStatus.Active,
            EndedAt = null,
            TouchedAt = pattern.TouchedAt <= at ? pattern.TouchedAt : null,
            FilledAt = pattern.FilledAt <= at ? pattern.FilledAt : null,
            FillPercent = FillBy(pattern, at, candles),
        };
    }

    static double FillBy(StoredPattern pattern, DateTimeOffset at, CandleSlice candles)
    {
        var (zone, isBullish) = (pattern.Zone, pattern.Direction == Direction.Bullish);
        var (deepest, known) = (isBullish ? zone.Top : zone.Bottom, pattern.KnownAt.ToUnixTimeMilliseconds());
        for (var i = 0; i < candles.Count; i++)
        {
            if (candles.Times[i] >= known && pattern.Series.Timeframe.CloseOf(candles.Times[i]) <= at.ToUnixTimeMilliseconds())
            {
                deepest = isBullish ? Math.Min(deepest, candles.Lows[i]) : Math.Max(deepest, candles.Highs[i]);
            }
        }
        var reached = isBullish ? zone.Top - deepest : deepest - zone.Bottom;
        return Math.Min(pattern.FillPercent, Math.Clamp(reached / zone.Size, 0, 1) * 100);
    }
}
