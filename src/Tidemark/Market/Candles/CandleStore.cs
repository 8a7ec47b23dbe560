using Npgsql;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>What became of candles that were to be saved.</summary>
public readonly record struct SaveResult(int Stored, int AlreadyThere, int Quarantined)
{
    public static SaveResult operator +(SaveResult left, SaveResult right) =>
        new(left.Stored + right.Stored, left.AlreadyThere + right.AlreadyThere, left.Quarantined + right.Quarantined);
}

/// <summary>
/// Closed candles, each stored once; what is stored first stays. Writers of a series take turns over all processes,
/// and a batch is one transaction with its count, so whatever is cut short leaves whole batches.
/// </summary>
public sealed class CandleStore(NpgsqlDataSource source, SeriesCatalog catalog, CandlePartitions partitions, HotCandles hot, TimeProvider clock)
{
    /// <summary>Most candles a transaction stores as they come in; a crash costs no more than that.</summary>
    public const int BatchSize = 10_000;

    /// <summary>The same for loads that can simply be started again: a transaction costs a flush to disk.</summary>
    public const int BulkBatchSize = 100_000;

    /// <summary>Below this, one statement is quicker than the steps of a COPY.</summary>
    const int SmallBatch = 200;

    /// <summary>A shorter request fills memory with at least this many candles, so that the next one finds its own there.</summary>
    const int FewestFilled = 2_000;

    const int FillAttempts = 3;

    /// <summary>Candles that are read into memory beyond those that were asked for, at most.</summary>
    const int MostBeyond = 100_000;

    /// <summary>Room for candles to come.</summary>
    const int Headroom = 512;

    const int MostForeseen = 600_000;

    static int _stores;
    readonly string _writer = $"{Environment.MachineName}:{Environment.ProcessId}:{Interlocked.Increment(ref _stores)}";

    /// <summary>Names this store in its news, so that its own process can pass them over.</summary>
    internal string Writer => _writer;

    /// <summary>Stores candles that are not stored yet; bad ones go to quarantine.</summary>
    public Task<SaveResult> Save(SeriesKey key, CandleSlice candles, CancellationToken stop) => Save(key, candles, BatchSize, stop);

    /// <summary>Stores a long stretch in larger batches.</summary>
    public Task<SaveResult> SaveInBulk(SeriesKey key, CandleSlice candles, CancellationToken stop) => Save(key, candles, BulkBatchSize, stop);

    /// <summary>The candles that open in [from, until), oldest first; a view that stays as it is.</summary>
    public async Task<CandleSlice> Load(SeriesKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        if (!hot.IsTrusted)
        {
            return await ReadTable(key, from, until, stop);
        }
        var series = hot.Of(key);
        if (series.Range(start, end) is { } known)
        {
            return known;
        }
        // Memory reaches from a moment up to now: for a little of long ago that would be too much to read.
        var beyond = (clock.GetUtcNow().ToUnixTimeMilliseconds() - end) / key.Timeframe.Milliseconds;
        return beyond > MostBeyond ? await ReadTable(key, from, until, stop) : await Fill(key, series, start, () => series.Range(start, end), end, stop);
    }

    /// <summary>The same from the table alone, for work that passes over history once and must not push out of memory what pages read.</summary>
    public async Task<CandleSlice> ReadTable(SeriesKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return (await Read(key, start, end, RoomFor(key, start, end), stop)).All();
    }

    /// <summary>The newest candles, oldest first; a view that stays as it is.</summary>
    public async Task<CandleSlice> Newest(SeriesKey key, int count, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var series = hot.IsTrusted ? hot.Of(key) : null;
        if (series?.Newest(count) is { } known)
        {
            return known;
        }
        var start = await StartOfNewest(key, series is null ? count : Math.Max(count, FewestFilled), stop);
        var candles = series is null
            ? (await Read(key, start, long.MaxValue, count, stop)).All()
            : await Fill(key, series, start, () => series.Newest(count), long.MaxValue, stop);
        return candles.Count <= count ? candles : candles.Slice(candles.Count - count, count);
    }

    /// <summary>Puts other candles in the place of all that open in [from, until); what is given may be fewer, or none.</summary>
    public Task Replace(SeriesKey key, DateTimeOffset from, DateTimeOffset until, CandleSlice candles, CancellationToken stop) => TryReplace(key, from, until, candles, madeOf: null, stop);

    /// <summary>The same for candles that were made of another series; false, and nothing done, where that one changed since it was read.</summary>
    public async Task<bool> TryReplace(SeriesKey key, DateTimeOffset from, DateTimeOffset until, CandleSlice candles, (SeriesId Series, long Changes)? madeOf, CancellationToken stop)
    {
        var series = await catalog.IdOf(key, stop);
        var screen = CandleScreen.Of(candles, key.Timeframe);
        await Quarantined(series, screen.Bad, stop);
        var good = screen.Good;
        if (good.Count > 0)
        {
            await partitions.Cover(CandleTable.TimeOf(good.Times[0]), CandleTable.TimeOf(good.Times[^1]), stop);
        }
        return await Change(key, series, new(from, until), async connection =>
        {
            if (madeOf is var (source, changes) && await CandleTable.HoldChanges(connection, source, stop) != changes)
            {
                return null;
            }
            var removed = await CandleTable.Remove(connection, series, from, until, stop);
            if (good.Count > 0)
            {
                await CandleCopy.Write(connection, series, good, stop);
            }
            return good.Count - removed;
        }, stop);
    }

    /// <summary>Deletes the candles that open in [from, until).</summary>
    public Task Delete(SeriesKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop) => Replace(key, from, until, new CandleSeries(0).All(), stop);

    /// <summary>Moves stored candles out of their series into quarantine.</summary>
    public async Task SetApart(SeriesKey key, IReadOnlyList<BadCandle> bad, CancellationToken stop)
    {
        if (bad.Count == 0)
        {
            return;
        }
        var series = await catalog.IdOf(key, stop);
        var range = new GapRange(CandleTable.TimeOf(bad.Min(one => one.Candle.OpenTime)), CandleTable.TimeOf(key.Timeframe.CloseOf(bad.Max(one => one.Candle.OpenTime))));
        await Change(key, series, range, async connection =>
        {
            await Quarantine.Keep(connection, series, bad, Quarantine.WhileChecking, clock.GetUtcNow(), stop);
            var removed = 0;
            foreach (var one in bad)
            {
                var at = CandleTable.TimeOf(one.Candle.OpenTime);
                removed += await CandleTable.Remove(connection, series, at, at.AddMilliseconds(1), stop);
            }
            return -removed;
        }, stop);
    }

    /// <summary>Keeps candles that cannot be right in quarantine; they were never part of the series.</summary>
    public async Task SetAside(SeriesKey key, IReadOnlyList<BadCandle> bad, CancellationToken stop) => await Quarantined(await catalog.IdOf(key, stop), bad, stop);

    /// <summary>Deletes every candle with all that was known about them and answers how many there were; symbols and sources stay.</summary>
    public async Task<long> DeleteEverything(CancellationToken stop)
    {
        var candles = (await catalog.Stored(stop)).Sum(series => series.Candles);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await CandleTable.RemoveEverything(connection, stop);
        await StoredCandleNews.Tell(connection, StoredCandleNews.Everything, stop);
        await transaction.CommitAsync(stop);
        hot.Forget();
        return candles;
    }

    /// <summary>Makes every process read anew what it keeps in memory.</summary>
    public async Task TellEverythingChanged(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await StoredCandleNews.Tell(connection, StoredCandleNews.Everything, stop);
        hot.Forget();
    }

    async Task<SaveResult> Save(SeriesKey key, CandleSlice candles, int batchSize, CancellationToken stop)
    {
        var series = await catalog.IdOf(key, stop);
        var screen = CandleScreen.Of(candles, key.Timeframe);
        await Quarantined(series, screen.Bad, stop);
        var result = new SaveResult(0, 0, screen.Bad.Count);
        for (var from = 0; from < screen.Good.Count; from += batchSize)
        {
            result += await SaveBatch(key, series, screen.Good.Slice(from, Math.Min(batchSize, screen.Good.Count - from)), stop);
        }
        return result;
    }

    async Task<SaveResult> SaveBatch(SeriesKey key, SeriesId series, CandleSlice batch, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            await partitions.Cover(CandleTable.TimeOf(batch.Times[0]), CandleTable.TimeOf(batch.Times[^1]), stop);
            try
            {
                return await Insert(key, series, batch, stop);
            }
            catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.CheckViolation && attempt < 3)
            {
                // Another node dropped this month since it was last seen here.
                partitions.Forget();
            }
        }
    }

    async Task<SaveResult> Insert(SeriesKey key, SeriesId series, CandleSlice batch, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await CandleTable.TakeTurn(connection, series, clock.GetUtcNow(), stop);
        var stored = batch.Count;
        if (batch.Count >= SmallBatch && await CandleTable.IsEmpty(connection, series, batch.Times[0], batch.Times[^1], stop))
        {
            await CandleCopy.Write(connection, series, batch, stop);
        }
        else
        {
            stored = await CandleTable.InsertMissing(connection, series, batch, stop);
        }
        if (stored > 0)
        {
            await CandleTable.CountStored(connection, series, batch, stored, clock.GetUtcNow(), stop);
            await StoredCandleNews.Tell(connection, new StoredCandleNews.Message(_writer, series, batch.Times[0]), stop);
        }
        await transaction.CommitAsync(stop);
        Remember(key, batch, stored);
        return new SaveResult(stored, batch.Count - stored, 0);
    }

    /// <summary>Lets memory follow. Where some candles were there already, what is stored may differ from what was given.</summary>
    void Remember(SeriesKey key, CandleSlice batch, int stored)
    {
        if (stored == batch.Count)
        {
            hot.Find(key)?.Stored(batch);
        }
        else if (stored > 0)
        {
            hot.Find(key)?.Changed(batch.Times[0]);
        }
    }

    /// <summary>Changes a range of a series in its turn. The work answers by how many candles it grew, or null where it is not to be done, which is answered with false.</summary>
    async Task<bool> Change(SeriesKey key, SeriesId series, GapRange range, Func<NpgsqlConnection, Task<int?>> work, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await CandleTable.TakeTurn(connection, series, clock.GetUtcNow(), stop);
        if (await work(connection) is not { } change)
        {
            return false;
        }
        var from = range.From.ToUnixTimeMilliseconds();
        await CandleTable.CountChange(connection, series, change, range.From, range.Until, clock.GetUtcNow(), stop);
        await StoredCandleNews.Tell(connection, new StoredCandleNews.Message(_writer, series, from), stop);
        await transaction.CommitAsync(stop);
        hot.Find(key)?.Changed(from);
        return true;
    }

    async Task Quarantined(SeriesId series, IReadOnlyList<BadCandle> bad, CancellationToken stop)
    {
        if (bad.Count > 0)
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            await Quarantine.Keep(connection, series, bad, Quarantine.WhileSaving, clock.GetUtcNow(), stop);
        }
    }

    /// <summary>Reads a series into memory from a moment on, one reader at a time, and answers what was asked for.</summary>
    async Task<CandleSlice> Fill(SeriesKey key, HotSeries series, long from, Func<CandleSlice?> ask, long until, CancellationToken stop)
    {
        await series.Filling.WaitAsync(stop);
        try
        {
            for (var attempt = 0; attempt < FillAttempts; attempt++)
            {
                if (ask() is { } filled)
                {
                    return filled;
                }
                if (!await FillOnce(key, series, from, stop))
                {
                    break;
                }
            }
        }
        finally
        {
            series.Filling.Release();
        }
        return ask() ?? (await Read(key, from, until, RoomFor(key, from, until), stop)).All();
    }

    /// <summary>False where the series is too long to be kept.</summary>
    async Task<bool> FillOnce(SeriesKey key, HotSeries series, long from, CancellationToken stop)
    {
        var (changes, tail, known) = series.BeginFilling();
        if (tail is { } next && known <= from)
        {
            series.FillTail(changes, (await Read(key, next, long.MaxValue, Headroom, stop)).All());
            return true;
        }
        var start = Math.Min(from, known);
        if (await catalog.Find(key, stop) is not { LastOpen: { } last, FirstOpen: { } first, Candles: var stored })
        {
            return false;
        }
        var expected = Math.Clamp((last.ToUnixTimeMilliseconds() - start) / key.Timeframe.Milliseconds, 0, stored);
        if (!hot.HasRoomFor(expected))
        {
            return false;
        }
        var room = (int)expected + Headroom;
        var candles = await Read(key, start, long.MaxValue, room, stop);
        series.Fill(changes, candles, room, start, isWhole: start <= first.ToUnixTimeMilliseconds());
        hot.MakeRoom();
        return true;
    }

    async Task<CandleSeries> Read(SeriesKey key, long from, long until, int room, CancellationToken stop)
    {
        var id = await catalog.IdOf(key, stop);
        var candles = new CandleSeries(room);
        await using var connection = await source.OpenConnectionAsync(stop);
        await CandleCopy.Read(connection, id, from, until, candles, stop);
        return candles;
    }

    /// <summary>The most candles a range can hold, up to a size where growing is the lesser waste.</summary>
    static int RoomFor(SeriesKey key, long from, long until) => (int)Math.Clamp((until - from) / key.Timeframe.Milliseconds, Headroom, MostForeseen);

    async Task<long> StartOfNewest(SeriesKey key, int count, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT open_time
            FROM candles
            WHERE source = $1 AND symbol = $2 AND timeframe = $3
            ORDER BY open_time DESC
            OFFSET $4
            LIMIT 1
            """);
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(key, stop));
        command.Parameters.Add(new() { Value = count - 1 });
        return await command.ExecuteScalarAsync(stop) is DateTime start ? new DateTimeOffset(start).ToUnixTimeMilliseconds() : 0;
    }
}
