using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Tidemark.Market.Candles;

/// <summary>
/// The months of the candle table. A month is made before its first candle comes, on any number of nodes at once, and without stopping readers:
/// a plain table is made first and attached then, which asks for a weaker lock than making it a partition at once.
/// </summary>
public sealed class CandlePartitions(NpgsqlDataSource source)
{
    const long TurnKey = 0x6361_6e64_6c65_7301; // "candles", 1
    readonly ConcurrentDictionary<DateOnly, bool> _known = new();

    public static DateOnly MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    /// <summary>Makes every month missing from the first moment's to the last's and answers how many it made.</summary>
    public async Task<int> Cover(DateTimeOffset first, DateTimeOffset last, CancellationToken stop)
    {
        var missing = new List<DateOnly>();
        for (var month = MonthOf(first); month <= MonthOf(last); month = month.AddMonths(1))
        {
            if (!_known.ContainsKey(month))
            {
                missing.Add(month);
            }
        }
        return missing.Count == 0 ? 0 : await Make(missing, stop);
    }

    /// <summary>Another node may have dropped a month; the next cover looks again.</summary>
    public void Forget() => _known.Clear();

    public async Task<IReadOnlyList<DateOnly>> Months(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        return await Attached(connection, stop);
    }

    /// <summary>Drops the months before a given one with all their candles and answers how many candles went.</summary>
    public async Task<long> DropBefore(DateOnly month, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await Execute(connection, "SELECT pg_advisory_lock($1)", stop, TurnKey);
        try
        {
            await FinishDetaching(connection, stop);
            foreach (var old in (await Attached(connection, stop)).Where(attached => attached < month))
            {
                _known.TryRemove(old, out _);
                await Execute(connection, $"ALTER TABLE candles DETACH PARTITION {NameOf(old)} CONCURRENTLY", stop);
            }
            var dropped = 0L;
            foreach (var detached in await Detached(connection, stop))
            {
                dropped += await Drop(connection, detached, stop);
            }
            return dropped;
        }
        finally
        {
            await Execute(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None, TurnKey);
        }
    }

    async Task<int> Make(List<DateOnly> months, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var made = 0;
        var attached = await Attached(connection, stop);
        foreach (var month in months)
        {
            if (!attached.Contains(month) && await Make(connection, month, stop))
            {
                made++;
            }
            _known[month] = true;
        }
        return made;
    }

    static async Task<bool> Make(NpgsqlConnection connection, DateOnly month, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, "SELECT pg_advisory_xact_lock($1)", stop, TurnKey);
        if ((await Attached(connection, stop)).Contains(month))
        {
            return false;
        }
        await Execute(
            connection,
            $"""
            CREATE TABLE {NameOf(month)} (LIKE candles);
            ALTER TABLE candles ATTACH PARTITION {NameOf(month)} FOR VALUES FROM ('{Bound(month)}') TO ('{Bound(month.AddMonths(1))}');
            """,
            stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>Takes what is left of the counts of each series with its candles, in the transaction that drops them.</summary>
    static async Task<long> Drop(NpgsqlConnection connection, DateOnly month, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var command = new NpgsqlCommand(
            $"""
            WITH gone AS (
                SELECT source, symbol, timeframe, count(*) AS candles
                FROM {NameOf(month)}
                GROUP BY source, symbol, timeframe
            ), left_over AS (
                UPDATE candle_series s
                SET candles = s.candles - gone.candles,
                    first_open = (SELECT min(c.open_time) FROM candles c WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe)),
                    last_open = (SELECT max(c.open_time) FROM candles c WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe))
                FROM gone
                WHERE (s.source, s.symbol, s.timeframe) = (gone.source, gone.symbol, gone.timeframe)
                RETURNING gone.candles
            )
            SELECT coalesce(sum(candles), 0)::bigint FROM left_over
            """,
            connection,
            transaction);
        var candles = (long)(await command.ExecuteScalarAsync(stop))!;
        var end = Bound(month.AddMonths(1));
        await Execute(
            connection,
            $"""
            DELETE FROM candle_faults WHERE open_time < '{end}';
            DELETE FROM candle_gaps WHERE ends_at <= '{end}';
            DROP TABLE {NameOf(month)};
            """,
            stop);
        await transaction.CommitAsync(stop);
        return candles;
    }

    /// <summary>A detaching that was cut short is brought to its end.</summary>
    static async Task FinishDetaching(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var half in await Read(connection, "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'candles'::regclass AND i.inhdetachpending", stop))
        {
            await Execute(connection, $"ALTER TABLE candles DETACH PARTITION {NameOf(half)} FINALIZE", stop);
        }
    }

    static Task<IReadOnlyList<DateOnly>> Attached(NpgsqlConnection connection, CancellationToken stop) =>
        Read(connection, "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'candles'::regclass AND NOT i.inhdetachpending ORDER BY 1", stop);

    static Task<IReadOnlyList<DateOnly>> Detached(NpgsqlConnection connection, CancellationToken stop) =>
        Read(
            connection,
            """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relkind = 'r' AND c.relname ~ '^candles_[0-9]{4}_[0-9]{2}$' AND pg_table_is_visible(c.oid)
              AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
            ORDER BY 1
            """,
            stop);

    static async Task<IReadOnlyList<DateOnly>> Read(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var months = new List<DateOnly>();
        while (await rows.ReadAsync(stop))
        {
            months.Add(DateOnly.ParseExact(rows.GetString(0), "'candles_'yyyy_MM", CultureInfo.InvariantCulture));
        }
        return months;
    }

    static string NameOf(DateOnly month) => month.ToString("'candles_'yyyy_MM", CultureInfo.InvariantCulture);
    static string Bound(DateOnly month) => month.ToString("yyyy-MM-dd' 00:00:00+00'", CultureInfo.InvariantCulture);

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await command.ExecuteNonQueryAsync(stop);
    }
}
