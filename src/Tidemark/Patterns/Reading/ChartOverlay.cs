using System.ComponentModel;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Statistics;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>A swing high or low. Times of candles are open times.</summary>
public sealed record SwingMark(
    [property: Description("high or low.")] string Side,
    [property: Description("Candles on each side that it stands out from: 3 for sweeps and equal levels, 5 for structure.")] int Reach,
    [property: Description("Open time of its candle, UTC.")] DateTimeOffset At,
    [property: Description("In the quote currency.")] double Level,
    [property: Description("When it became known, UTC.")] DateTimeOffset KnownAt);

/// <summary>A close beyond the latest swing.</summary>
public sealed record StructureMark(
    StructureChange Change,
    [property: Description("BOS (break of structure) or CHOCH (change of character).")] string Code,
    Direction Direction,
    [property: Description("The broken level, in the quote currency.")] double Level,
    [property: Description("Open time of the swing's candle, UTC.")] DateTimeOffset From,
    [property: Description("Open time of the candle that broke it, UTC.")] DateTimeOffset At,
    [property: Description("When it became known, UTC.")] DateTimeOffset KnownAt);

/// <summary>Two neighbouring swings at nearly one price.</summary>
public sealed record EqualLevelMark(
    [property: Description("highs or lows.")] string Side,
    double Level,
    [property: Description("Open time of the earlier swing's candle, UTC.")] DateTimeOffset From,
    [property: Description("Open time of the later one, UTC.")] DateTimeOffset To,
    [property: Description("When the pair became known, UTC.")] DateTimeOffset KnownAt,
    [property: Description("Close of the candle whose wick passed the level, UTC; null while none has.")] DateTimeOffset? SweptAt);

/// <summary>Where the latest price stands within the latest swing range.</summary>
public sealed record RangeMark(double Low, double High, [property: Description("How far up the range the last close is, as a fraction.")] double? Position, [property: Description("premium, discount, equilibrium or undefined.")] PricePosition Rating);

/// <summary>What is drawn on a chart besides its candles.</summary>
public sealed record OverlayParts(
    [property: Description("Patterns that were alive in the range, as they stood at its as-of moment, oldest first.")] IReadOnlyList<PatternView> Zones,
    [property: Description("Ids of the zones active then that an earlier active one of the same kind and direction covers; a chart may leave them out.")] IReadOnlyList<long> Covered,
    IReadOnlyList<SwingMark> Swings,
    IReadOnlyList<StructureMark> Structure,
    IReadOnlyList<EqualLevelMark> EqualLevels,
    [property: Description("The latest swing range; null before there is one.")] RangeMark? Range);

/// <summary>Gathers what a chart shows of patterns: stored zones, and the swings and breaks that an engine finds in the candles shown and a long stretch before.</summary>
public sealed class ChartOverlay(PatternTable patterns, CandleStore store, EyeRules rules, ReliabilityBook book)
{
    const int MostZones = 400;

    /// <summary>Candles before the range that the engine sees first, so that what it shows does not depend on where the range begins.</summary>
    const int LeadIn = 2_000;

    public async Task<OverlayParts> Read(SeriesKey series, DateTimeOffset from, DateTimeOffset until, DateTimeOffset asOf, bool isPast, PatternSight sight, CancellationToken stop)
    {
        var isShown = await sight.ShownOf(patterns, series.Source, stop);
        var end = until < asOf ? until : asOf;
        var alive = (await patterns.Alive(series, from, end, MostZones, stop)).Where(pattern => sight.Sees(pattern.Kind) && isShown(pattern)).ToList();
        var start = from - (TimeSpan.FromMilliseconds(series.Timeframe.Milliseconds) * LeadIn);
        var candles = await store.Load(series, start, asOf, stop);
        var zones = alive.Select(pattern => Hindsight.At(pattern, asOf, candles)).ToList();
        return Marks(series.Timeframe, candles, from, asOf) with { Zones = [.. zones.Select(pattern => pattern.View(isPast ? null : book.Of(pattern)))], Covered = Covered(zones, series.Timeframe) };
    }

    static List<long> Covered(List<StoredPattern> zones, Timeframe timeframe)
    {
        var active = zones.Where(static zone => zone.EndedAt is null).ToList();
        var threshold = OverlapFilter.ThresholdOf(timeframe);
        return [.. active.Where((zone, i) => active.Take(i).Any(other => other.Kind == zone.Kind && other.Direction == zone.Direction && OverlapFilter.Overlap(other.Zone, zone.Zone, threshold))).Select(static zone => zone.Id)];
    }

    OverlayParts Marks(Timeframe timeframe, CandleSlice candles, DateTimeOffset from, DateTimeOffset asOf)
    {
        var (engine, log) = (new PatternEngine(timeframe, rules.Options), new PatternLog());
        var last = asOf.ToUnixTimeMilliseconds();
        double? close = null;
        for (var i = 0; i < candles.Count && timeframe.CloseOf(candles.Times[i]) <= last; i++)
        {
            engine.Next(candles[i], log);
            close = candles.Closes[i];
        }
        var first = from.ToUnixTimeMilliseconds();
        var swept = log.EqualSweeps.ToDictionary(static sweep => sweep.Levels, sweep => CandleTable.TimeOf(timeframe.CloseOf(sweep.Candle.OpenTime)));
        return new OverlayParts(
            [],
            [],
            [.. log.Swings.Where(swing => swing.Pivot.OpenTime >= first).Select(static swing => new SwingMark(swing.IsHigh ? "high" : "low", swing.Reach, CandleTable.TimeOf(swing.Pivot.OpenTime), swing.Level, CandleTable.TimeOf(swing.KnownAt)))],
            [.. log.Breaks.Where(one => one.Evidence.Last.OpenTime >= first).Select(static one => new StructureMark(
                one.Change, one.Change == StructureChange.BreakOfStructure ? "BOS" : "CHOCH", one.Direction, one.Level, CandleTable.TimeOf(one.Evidence.First.OpenTime), CandleTable.TimeOf(one.Evidence.Last.OpenTime), CandleTable.TimeOf(one.KnownAt)))],
            [.. log.EqualPairs.Where(pair => pair.Second.OpenTime >= first).Select(pair => new EqualLevelMark(
                pair.AreHighs ? "highs" : "lows", pair.Level, CandleTable.TimeOf(pair.First.OpenTime), CandleTable.TimeOf(pair.Second.OpenTime), CandleTable.TimeOf(pair.KnownAt), swept.TryGetValue(pair, out var at) ? at : null))],
            engine.Range is { } range ? new RangeMark(range.Low, range.High, close is { } price ? range.PositionOf(price) : null, close is { } now ? range.Rate(now) : PricePosition.Undefined) : null);
    }
}
