using System.ComponentModel;
using System.Globalization;
using Tidemark.Market;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests;

/// <summary>A stretch without candles.</summary>
public sealed record MissingStretch(
    [property: Description("Open time of the first missing candle, UTC.")] DateTimeOffset From,
    [property: Description("Open time of the next candle that is there, or the end that was asked for, UTC.")] DateTimeOffset Until,
    [property: Description("Candles missing.")] long Bars);

/// <summary>What the candles behind a result are, and what is missing of them.</summary>
public sealed record Coverage(
    string Symbol,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live: from an exchange as it happened; recorded: imported from files; synthetic: made by the simulator.")] Provenance Provenance,
    string Timeframe,
    [property: Description("Open time of the first candle used, UTC.")] DateTimeOffset First,
    [property: Description("Close time of the last candle used, UTC.")] DateTimeOffset Last,
    [property: Description("Candles used.")] int Bars,
    [property: Description("Candles that the period would have without any missing.")] long ExpectedBars,
    [property: Description("The first over the second, a fraction.")] double Share,
    [property: Description("In words: data covers X of Y candles.")] string Text,
    [property: Description("The longest stretches without candles, 20 at most, in order of time.")] IReadOnlyList<MissingStretch> Gaps,
    [property: Description("How many such stretches there are.")] int GapCount,
    [property: Description("Candles of the period that were set apart because they cannot be right.")] long Quarantined,
    [property: Description("Minute candles used to look inside bars; null where none were.")] int? Minutes)
{
    const int MostGaps = 20;

    /// <summary>Compares the candles with the period that was asked for; there must be one at least.</summary>
    public static async Task<Coverage> Of(SeriesKey key, CandleSlice candles, DateTimeOffset from, DateTimeOffset until, QualityTable quality, CancellationToken stop)
    {
        var missing = Missing(candles, key.Timeframe, key.Timeframe.BucketOf(from.ToUnixTimeMilliseconds() + key.Timeframe.Milliseconds - 1), key.Timeframe.BucketOf(until.ToUnixTimeMilliseconds()));
        var expected = candles.Count + missing.Sum(static gap => gap.Bars);
        var quarantined = await quality.CountQuarantined(key, from, until, stop);
        return new Coverage(
            key.Symbol.ToString(), key.Source.Name, key.Source.Provenance, key.Timeframe.ToString(), At(candles.Times[0]), At(key.Timeframe.CloseOf(candles.Times[^1])), candles.Count, expected,
            Math.Round((double)candles.Count / Math.Max(1, expected), 6), Said(candles.Count, expected, quarantined), [.. missing.OrderByDescending(static gap => gap.Bars).Take(MostGaps).OrderBy(static gap => gap.From)], missing.Count, quarantined, null);
    }

    /// <summary>The same of what is stored, without reading the candles; null where there are none.</summary>
    public static async Task<Coverage?> Stored(SeriesKey key, DateTimeOffset from, DateTimeOffset until, QualityTable quality, CancellationToken stop)
    {
        if (await quality.Stretch(key, from, until, MostGaps, stop) is not { } stored)
        {
            return null;
        }
        var timeframe = key.Timeframe;
        var (begin, end) = (At(timeframe.BucketOf(from.ToUnixTimeMilliseconds() + timeframe.Milliseconds - 1)), At(timeframe.BucketOf(until.ToUnixTimeMilliseconds())));
        var last = stored.LastOpen.AddMinutes(timeframe.Minutes);
        // Beside the holes between candles there may be one before the first and one after the last.
        var edges = new[] { new GapRange(begin, stored.FirstOpen), new GapRange(last, end) }.Where(static edge => edge.Length > TimeSpan.Zero).ToList();
        var gaps = edges.Concat(stored.Holes).Select(hole => new MissingStretch(hole.From, hole.Until, hole.Candles(timeframe)));
        var expected = Math.Max(stored.Candles, (long)((Later(end, last) - Earlier(begin, stored.FirstOpen)).TotalMinutes / timeframe.Minutes));
        var quarantined = await quality.CountQuarantined(key, from, until, stop);
        return new Coverage(
            key.Symbol.ToString(), key.Source.Name, key.Source.Provenance, timeframe.ToString(), stored.FirstOpen, last, (int)stored.Candles, expected, Math.Round((double)stored.Candles / Math.Max(1, expected), 6),
            Said(stored.Candles, expected, quarantined), [.. gaps.OrderByDescending(static gap => gap.Bars).Take(MostGaps).OrderBy(static gap => gap.From)], (int)stored.HoleCount + edges.Count, quarantined, null);
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    static string Said(long candles, long expected, long quarantined) =>
        string.Create(CultureInfo.InvariantCulture, $"Data covers {candles:N0} of {expected:N0} candles{(quarantined > 0 ? $"; {quarantined:N0} were set apart because they cannot be right" : "")}.");

    static List<MissingStretch> Missing(CandleSlice candles, Timeframe timeframe, long from, long until)
    {
        var found = new List<MissingStretch>();
        var next = from;
        foreach (var time in candles.Times)
        {
            Add(time);
            next = timeframe.CloseOf(time);
        }
        Add(until);
        return found;

        void Add(long time)
        {
            if (time > next)
            {
                found.Add(new MissingStretch(At(next), At(time), (time - next) / timeframe.Milliseconds));
            }
        }
    }

    static DateTimeOffset At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
