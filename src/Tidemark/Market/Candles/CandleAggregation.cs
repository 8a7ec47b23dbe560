using Npgsql;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Makes the longer timeframes of a symbol from its stored minutes and stores them. A bucket is stored once its end has come.</summary>
public sealed class CandleAggregation(CandleStore store, SeriesCatalog catalog, NpgsqlDataSource database)
{
    /// <summary>Days that are aggregated at a time, so that years of minutes need no years of memory.</summary>
    const int DaysAStep = 30;

    static readonly Timeframe[] Targets = [.. Timeframe.Standard.Skip(1)];

    /// <summary>Stores what newer minutes complete and answers how many candles that is. Reads no further back than the longest open bucket.</summary>
    public async Task<int> Extend(MarketSource source, Symbol symbol, CancellationToken stop)
    {
        var stored = (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Key.Symbol == symbol).ToDictionary(series => series.Key.Timeframe);
        if (!stored.TryGetValue(Timeframe.M1, out var minutes) || minutes is not { FirstOpen: { } first, LastOpen: { } last })
        {
            return 0;
        }
        var next = Targets.ToDictionary(target => target, target => stored.GetValueOrDefault(target)?.LastOpen is { } newest && newest >= first ? newest.AddMinutes(target.Minutes) : DateTimeOffset.MinValue);
        var from = next.Values.Min();
        var count = 0;
        for (var day = Timeframe.D1.Floor(from > first ? from : first); day <= last; day = day.AddDays(DaysAStep))
        {
            var made = await Aggregate(source, symbol, day, day.AddDays(DaysAStep), stop);
            foreach (var target in Targets)
            {
                count += await SaveFrom(new SeriesKey(source, symbol, target), made.Closed(target), next[target], stop);
            }
        }
        return count;
    }

    async Task<int> SaveFrom(SeriesKey key, CandleSeries candles, DateTimeOffset from, CancellationToken stop)
    {
        var start = from == DateTimeOffset.MinValue ? 0 : candles.IndexAtOrAfter(from.ToUnixTimeMilliseconds());
        return start == candles.Count ? 0 : (await store.Save(key, candles.Slice(start, candles.Count - start), stop)).Stored;
    }

    /// <summary>
    /// Brings the longer timeframes in line with the stored minutes: makes the days anew whose minutes changed behind the newest one,
    /// then extends. The mark of those days is taken away only when they are done, so whatever is cut off is done at the next call.
    /// </summary>
    public async Task<int> Align(MarketSource source, Symbol symbol, CancellationToken stop)
    {
        var id = await catalog.IdOf(new SeriesKey(source, symbol, Timeframe.M1), stop);
        var count = 0;
        while (await Stale(id, stop) is var (from, until, marks))
        {
            count += await Rebuild(source, symbol, from, until, stop);
            await Unmark(id, marks, stop);
        }
        return count + await Extend(source, symbol, stop);
    }

    async Task<(DateTimeOffset From, DateTimeOffset Until, long Marks)?> Stale(SeriesId minutes, CancellationToken stop)
    {
        await using var command = database.CreateCommand("SELECT stale_from, stale_until, stale_marks FROM candle_series WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND stale_from IS NOT NULL");
        CandleTable.AddKey(command.Parameters, minutes);
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? (row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2)) : null;
    }

    async Task Unmark(SeriesId minutes, long marks, CancellationToken stop)
    {
        await using var command = database.CreateCommand("UPDATE candle_series SET stale_from = NULL, stale_until = NULL WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND stale_marks = $4");
        CandleTable.AddKey(command.Parameters, minutes);
        command.Parameters.Add(new() { Value = marks });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Makes every longer candle of the days that a range touches anew from the minutes stored now, and answers how many there are.</summary>
    public async Task<int> Rebuild(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop, Action<DateTimeOffset>? progress = null)
    {
        var count = 0;
        var end = Timeframe.D1.Floor(until.AddTicks(-1)).AddDays(1);
        for (var day = Timeframe.D1.Floor(from); day < end; day = day.AddDays(DaysAStep))
        {
            var stepEnd = day.AddDays(DaysAStep) < end ? day.AddDays(DaysAStep) : end;
            int? made;
            while ((made = await TryRebuild(source, symbol, day, stepEnd, stop)) is null)
            {
                // The minutes changed while they were read.
            }
            count += made.Value;
            progress?.Invoke(stepEnd);
        }
        return count;
    }

    async Task<int?> TryRebuild(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var minutes = await catalog.IdOf(new SeriesKey(source, symbol, Timeframe.M1), stop);
        var changes = await Changes(minutes, stop);
        var made = await Aggregate(source, symbol, from, until, stop);
        foreach (var target in Targets)
        {
            if (!await store.TryReplace(new SeriesKey(source, symbol, target), from, until, made.Closed(target).All(), (minutes, changes), stop))
            {
                return null;
            }
        }
        return Targets.Sum(target => made.Closed(target).Count);
    }

    async Task<long> Changes(SeriesId series, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await CandleTable.HoldChanges(connection, series, stop);
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
}
