using System.ComponentModel;
using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>How far a series can be trusted.</summary>
public sealed record SeriesQuality(
    [property: Description("The symbol.")] string Symbol,
    [property: Description("Length of a candle.")] string Timeframe,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live, recorded or synthetic.")] Provenance Provenance,
    [property: Description("Percent of the candles from the first to the last that are there and right; a jump counts a tenth. Null without candles.")] double? Score,
    [property: Description("Candles stored.")] long Candles,
    [property: Description("Candles missing between the first and the last, accepted gaps aside.")] long Missing,
    [property: Description("Candles missing in accepted gaps.")] long KnownMissing,
    [property: Description("Stored candles that cannot be right and wait for repair.")] long Bad,
    [property: Description("Candles whose open is far from the close before.")] long Jumps,
    [property: Description("Bad candles that were ever kept out of the series.")] long Quarantined,
    [property: Description("Open time of the first candle, UTC.")] DateTimeOffset? FirstOpen,
    [property: Description("Open time of the last candle, UTC.")] DateTimeOffset? LastOpen,
    [property: Description("Candles that open before have been checked, UTC.")] DateTimeOffset? VerifiedUntil,
    [property: Description("When the checks last ran, UTC.")] DateTimeOffset? VerifiedAt);

/// <summary>Scores series by what is stored of them and what the checks found.</summary>
public sealed class DataQuality(NpgsqlDataSource source, SeriesCatalog catalog, QualityTable table)
{
    const double JumpWeight = 0.1;

    public async Task<IReadOnlyList<SeriesQuality>> Read(Symbol? symbol, CancellationToken stop)
    {
        var stored = (await catalog.Stored(stop)).Where(series => symbol is null || series.Key.Symbol == symbol).ToList();
        var known = (await table.Gaps(symbol, known: true, stop)).ToLookup(gap => gap.Series, gap => gap.Range);
        var faults = (await table.Faults(symbol, stop)).ToLookup(fault => fault.Series);
        var quarantined = await Quarantined(stop);
        return [.. stored.Select(series => Of(series, KnownIn(series.Key, known), [.. faults[series.Key]], quarantined.GetValueOrDefault(series.Id)))];
    }

    /// <summary>The share of good candles, in percent with two decimals; never 100 while anything is wrong.</summary>
    public static double Score(long expected, long missing, long bad, long jumps)
    {
        var wrong = missing + bad + (JumpWeight * jumps);
        var score = Math.Round(Math.Max(0, 100 * (1 - (wrong / Math.Max(1, expected)))), 2);
        return wrong > 0 ? Math.Min(score, 99.99) : score;
    }

    static SeriesQuality Of(StoredSeries series, long known, IReadOnlyList<CandleFault> faults, long quarantined)
    {
        var key = series.Key;
        var spanned = series is { FirstOpen: { } first, LastOpen: { } last } ? ((last - first).Ticks / TimeSpan.FromMinutes(key.Timeframe.Minutes).Ticks) + 1 : 0;
        var missing = Math.Max(0, spanned - series.Candles - known);
        var bad = faults.Where(fault => CandleScreen.IsInCandle(fault.Fault)).Select(fault => fault.OpenTime).Distinct().Count();
        var jumps = faults.Count(fault => fault.Fault == SeriesFault.Discontinuous);
        return new SeriesQuality(
            key.Symbol.ToString(), key.Timeframe.ToString(), key.Source.Name, key.Source.Provenance,
            series.Candles == 0 ? null : Score(spanned - known, missing, bad, jumps),
            series.Candles, missing, known, bad, jumps, quarantined, series.FirstOpen, series.LastOpen, series.VerifiedUntil, series.VerifiedAt);
    }

    /// <summary>A longer candle is known to be missing where all its minutes are.</summary>
    static long KnownIn(SeriesKey key, ILookup<SeriesKey, GapRange> known)
    {
        var ranges = key.Timeframe > Timeframe.M1 ? known[key].Concat(known[key with { Timeframe = Timeframe.M1 }]) : known[key];
        return GapRange.Union(ranges).Sum(range => range.Candles(key.Timeframe));
    }

    async Task<Dictionary<SeriesId, long>> Quarantined(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT source, symbol, timeframe, count(DISTINCT open_time)
            FROM candle_quarantine
            GROUP BY source, symbol, timeframe
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var counts = new Dictionary<SeriesId, long>();
        while (await rows.ReadAsync(stop))
        {
            counts[new SeriesId(rows.GetInt16(0), rows.GetInt32(1), rows.GetInt16(2))] = rows.GetInt64(3);
        }
        return counts;
    }
}
