using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>
/// Checks stored candles, each once: a mark on the series says how far it got, and every change of stored candles lowers the mark to where it began.
/// What is found is kept until the candles change.
/// </summary>
public sealed class SeriesVerification(SeriesCatalog catalog, CandleStore store, QualityTable table, TimeProvider clock)
{
    const int CandlesAStep = 200_000;
    const int Attempts = 5;

    /// <summary>Checks what was not checked before and answers how many candles that were.</summary>
    public async Task<long> Verify(SeriesKey key, CancellationToken stop)
    {
        var total = 0L;
        var failures = 0;
        while (await catalog.Find(key, stop) is { FirstOpen: { } first, LastOpen: { } last } series)
        {
            if (series.VerifiedUntil > last)
            {
                return total;
            }
            if (await Step(series, first, last, stop) is { } candles)
            {
                total += candles;
            }
            else if (++failures == Attempts)
            {
                // Its writers leave no pause; the next run goes on from the mark.
                return total;
            }
        }
        return total;
    }

    /// <summary>Checks the next stretch; null where it changed while it was read.</summary>
    async Task<long?> Step(StoredSeries series, DateTimeOffset first, DateTimeOffset last, CancellationToken stop)
    {
        var timeframe = series.Key.Timeframe;
        var changes = await table.Changes(series.Id, stop);
        var written = (await table.Gaps(series.Key.Symbol, known: null, stop)).Where(gap => gap.Series == series.Key).ToList();
        var from = Start(series.VerifiedUntil ?? first, written);
        var candles = await Stretch(series.Key, from, last, stop);
        var findings = SeriesChecks.Of(candles, timeframe).Where(finding => finding.OpenTime >= from.ToUnixTimeMilliseconds()).ToList();
        var gaps = findings.Where(finding => finding.Fault == SeriesFault.Gap).Select(gap => RangeOf(gap, timeframe)).ToList();
        if (timeframe > Timeframe.M1)
        {
            gaps = await OnlyWithMinutes(series.Key, gaps, stop);
        }
        var known = written.Where(gap => gap.IsKnown).Select(gap => gap.Range).ToList();
        var until = CandleTable.TimeOf(timeframe.CloseOf(candles.Times[^1]));
        var isWritten = await table.Write(
            series.Id, changes, from, until,
            [.. findings.Where(finding => finding.Fault != SeriesFault.Gap)],
            [.. gaps.SelectMany(gap => gap.Without(known)).Select(gap => Written(gap, isKnown: false)), .. gaps.SelectMany(gap => gap.Within(known)).Select(gap => Written(gap, isKnown: true))],
            stop);
        return isWritten ? CountFrom(candles, from) : null;

        // What is left of a gap was found when the whole of it was.
        CandleGap Written(GapRange range, bool isKnown) =>
            new(series.Key, range, isKnown, written.Where(gap => gap.Range.Overlaps(range)).Select(gap => gap.FoundAt).DefaultIfEmpty(clock.GetUtcNow()).Min());
    }

    /// <summary>A gap that reaches beyond the mark is looked at again from its beginning.</summary>
    static DateTimeOffset Start(DateTimeOffset mark, IEnumerable<CandleGap> gaps) =>
        gaps.Where(gap => gap.Range.Until >= mark).Select(gap => gap.Range.From).Append(mark).Min();

    /// <summary>Candles from one before the beginning on, so that the first is checked against its neighbour.</summary>
    async Task<CandleSlice> Stretch(SeriesKey key, DateTimeOffset from, DateTimeOffset last, CancellationToken stop)
    {
        var length = TimeSpan.FromMinutes(key.Timeframe.Minutes);
        for (var reach = CandlesAStep; ; reach *= 4)
        {
            var end = from + (length * reach);
            var candles = await store.ReadTable(key, from - length, end, stop);
            if (CountFrom(candles, from) > 0 || end > last)
            {
                return candles;
            }
        }
    }

    static int CountFrom(CandleSlice candles, DateTimeOffset from)
    {
        var position = candles.Times.BinarySearch(from.ToUnixTimeMilliseconds());
        return candles.Count - (position < 0 ? ~position : position);
    }

    /// <summary>Where there are no minutes either, the minutes' own gap says it all.</summary>
    async Task<List<GapRange>> OnlyWithMinutes(SeriesKey key, List<GapRange> gaps, CancellationToken stop)
    {
        var minutes = key with { Timeframe = Timeframe.M1 };
        if (gaps.Count == 0 || await catalog.Find(minutes, stop) is not { Candles: > 0 })
        {
            return gaps;
        }
        var kept = new List<GapRange>();
        foreach (var gap in gaps)
        {
            if ((await store.ReadTable(minutes, gap.From, gap.Until, stop)).Count > 0)
            {
                kept.Add(gap);
            }
        }
        return kept;
    }

    static GapRange RangeOf(SeriesFinding gap, Timeframe timeframe) =>
        new(CandleTable.TimeOf(gap.OpenTime), CandleTable.TimeOf(gap.OpenTime + ((long)gap.Amount * timeframe.Milliseconds)));
}
