using Npgsql;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Makes the longer timeframes of a symbol from its stored minutes and stores them. A bucket is stored once its end has come.</summary>
public sealed class CandleAggregation(CandleStore store, SeriesCatalog catalog, NpgsqlDataSource database)
{
    /// <summary>Days that are aggregated at a time, so that years of minutes need no years of memory.</summary>
    const int DaysAStep = 30;

    static readonly Timeframe[] Targets = [.. Timeframe.Standard.Skip(1)];

    /// <summary>Stores what newer minutes complete and answers how many candles that is. Reads no further back than the longest open bucket.</summary>
    public async Task<int> Extend(MarketSource source, Symbol symbol, CancellationToken stop, Action<SeriesKey, CandleSlice>? made = null)
    {
        var stored = (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Key.Symbol == symbol).ToDictionary(series => series.Key.Timeframe);
        if (!stored.TryGetValue(Timeframe.M1, out var minutes) || minutes is not { FirstOpen: { } first, LastOpen: { } last })
        {
            return 0;
        }
        var next = Targets.ToDictionary(target => target, target => stored.GetValueOrDefault(target)?.LastOpen is { } newest && newest >= first ? newest.AddMinutes(target.Minutes) : DateTimeOffset.MinValue);
        var from = next.Values.Min();
        var count = 0;
        for (var day = DayOf(from > first ? from : first); day <= last; day = day.AddDays(DaysAStep))
        {
            var ladder = await Aggregate(source, symbol, day, day.AddDays(DaysAStep), stop);
            foreach (var target in Targets)
            {
                count += await SaveFrom(new SeriesKey(source, symbol, target), ladder.Closed(target), next[target], made, stop);
            }
        }
        return count;
    }

    async Task<int> SaveFrom(SeriesKey key, CandleSeries candles, DateTimeOffset from, Action<SeriesKey, CandleSlice>? made, CancellationToken stop)
    {
        var start = from == DateTimeOffset.MinValue ? 0 : candles.IndexAtOrAfter(from.ToUnixTimeMilliseconds());
        if (start == candles.Count)
        {
            return 0;
        }
        var news = candles.Slice(start, candles.Count - start);
        var saved = await store.Save(key, news, stop);
        made?.Invoke(key, news);
        return saved.Stored;
    }

    /// <summary>
    /// Brings every longer timeframe in line with the stored minutes from a moment on: makes days anew whose longer candles are missing
    /// or were made of other minutes than there are now, then extends. What a crash left half done is done after this.
    /// </summary>
    public async Task<int> Align(MarketSource source, Symbol symbol, DateTimeOffset from, CancellationToken stop)
    {
        var count = 0;
        foreach (var range in await Misaligned(source, symbol, from, stop))
        {
            count += await Rebuild(source, symbol, range.From, range.Until, stop);
        }
        return count + await Extend(source, symbol, stop);
    }

    /// <summary>The days whose longer candles do not count as many minutes as are stored, up to the last candle of each timeframe.</summary>
    async Task<IReadOnlyList<GapRange>> Misaligned(MarketSource source, Symbol symbol, DateTimeOffset from, CancellationToken stop)
    {
        var id = await catalog.IdOf(new SeriesKey(source, symbol, Timeframe.M1), stop);
        await using var command = database.CreateCommand(
            """
            WITH minutes AS (
                SELECT date_trunc('day', open_time, 'UTC') AS day, array_agg(open_time ORDER BY open_time) AS opens
                FROM candles
                WHERE source = $1 AND symbol = $2 AND timeframe = 1 AND open_time >= $3
                GROUP BY 1
            ), longer AS (
                SELECT date_trunc('day', open_time, 'UTC') AS day, timeframe, sum(minutes) AS counted, max(open_time) AS last_open
                FROM candles
                WHERE source = $1 AND symbol = $2 AND timeframe > 1 AND open_time >= $3
                GROUP BY 1, 2
            ), stored AS (
                SELECT timeframe, last_open + timeframe * interval '1 minute' AS closed_until
                FROM candle_series
                WHERE source = $1 AND symbol = $2 AND timeframe > 1 AND candles > 0
            )
            SELECT DISTINCT m.day
            FROM minutes m
            CROSS JOIN stored s
            LEFT JOIN longer l ON l.day = m.day AND l.timeframe = s.timeframe
            WHERE coalesce(l.counted, 0) <> CASE
                WHEN s.closed_until >= m.day + interval '1 day' THEN cardinality(m.opens)
                ELSE (SELECT count(*) FROM unnest(m.opens) AS open WHERE open < s.closed_until)
            END
            ORDER BY 1
            """);
        command.Parameters.Add(new() { Value = id.Source });
        command.Parameters.Add(new() { Value = id.Symbol });
        command.Parameters.Add(new() { Value = DayOf(from) });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var days = new List<GapRange>();
        while (await rows.ReadAsync(stop))
        {
            var day = rows.GetFieldValue<DateTimeOffset>(0);
            days.Add(new GapRange(day, day.AddDays(1)));
        }
        return GapRange.Union(days);
    }

    /// <summary>Makes every longer candle of the days that a range touches anew from the minutes stored now, and answers how many there are.</summary>
    public async Task<int> Rebuild(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop, Action<DateTimeOffset>? progress = null)
    {
        var count = 0;
        var end = DayOf(until.AddTicks(-1)).AddDays(1);
        for (var day = DayOf(from); day < end; day = day.AddDays(DaysAStep))
        {
            var stepEnd = day.AddDays(DaysAStep) < end ? day.AddDays(DaysAStep) : end;
            var made = await Aggregate(source, symbol, day, stepEnd, stop);
            foreach (var target in Targets)
            {
                await store.Replace(new SeriesKey(source, symbol, target), day, stepEnd, made.Closed(target).All(), stop);
                count += made.Closed(target).Count;
            }
            progress?.Invoke(stepEnd);
        }
        return count;
    }

    /// <summary>Rebuilds all that the stored minutes of a symbol span.</summary>
    public async Task<int> RebuildAll(MarketSource source, Symbol symbol, CancellationToken stop, Action<DateTimeOffset>? progress = null) =>
        await catalog.Find(new SeriesKey(source, symbol, Timeframe.M1), stop) is { FirstOpen: { } first, LastOpen: { } last }
            ? await Rebuild(source, symbol, first, last.AddMinutes(1), stop, progress)
            : 0;

    /// <summary>The closed buckets of whole days. A minute after the range closes what its last minutes left open.</summary>
    async Task<TimeframeLadder> Aggregate(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var key = new SeriesKey(source, symbol, Timeframe.M1);
        var minutes = await store.ReadTable(key, from, until, stop);
        var ladder = new TimeframeLadder(Timeframe.M1, Targets, minutes.Count);
        ladder.Next(minutes);
        var isCut = minutes.Count > 0 && Timeframe.M1.CloseOf(minutes.Times[^1]) < until.ToUnixTimeMilliseconds();
        if (isCut && await catalog.Find(key, stop) is { LastOpen: { } last } && last >= until)
        {
            ladder.Next(Closing(until, minutes[^1].Close));
        }
        return ladder;
    }

    /// <summary>A minute that opens where the range ends: it ends every bucket of the range, and no longer bucket of its own comes of it.</summary>
    static Candle Closing(DateTimeOffset at, double price) => new(at.ToUnixTimeMilliseconds(), price, price, price, price, 0);

    static DateTimeOffset DayOf(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
