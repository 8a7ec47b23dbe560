using Npgsql;
using NpgsqlTypes;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>A range without candles, as it is written down.</summary>
public sealed record CandleGap(SeriesKey Series, GapRange Range, bool IsKnown, DateTimeOffset FoundAt);

/// <summary>Something wrong with a stored candle, as it is written down.</summary>
public sealed record CandleFault(SeriesKey Series, DateTimeOffset OpenTime, SeriesFault Fault, double Amount);

/// <summary>What the checks found and what was accepted.</summary>
public sealed class QualityTable(NpgsqlDataSource source, SeriesCatalog catalog, TimeProvider clock)
{
    public async Task<IReadOnlyList<CandleGap>> Gaps(Symbol? symbol, bool? known, CancellationToken stop)
    {
        var names = (await catalog.Stored(stop)).ToDictionary(series => series.Id, series => series.Key);
        await using var command = source.CreateCommand(
            """
            SELECT source, symbol, timeframe, starts_at, ends_at, is_known, found_at
            FROM candle_gaps
            ORDER BY source, symbol, timeframe, starts_at
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var gaps = new List<CandleGap>();
        while (await rows.ReadAsync(stop))
        {
            var id = new SeriesId(rows.GetInt16(0), rows.GetInt32(1), rows.GetInt16(2));
            if (names.TryGetValue(id, out var key) && (symbol is null || key.Symbol == symbol) && (known is null || known == rows.GetBoolean(5)))
            {
                gaps.Add(new CandleGap(key, new GapRange(rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4)), rows.GetBoolean(5), rows.GetFieldValue<DateTimeOffset>(6)));
            }
        }
        return gaps;
    }

    public async Task<IReadOnlyList<CandleFault>> Faults(Symbol? symbol, CancellationToken stop)
    {
        var names = (await catalog.Stored(stop)).ToDictionary(series => series.Id, series => series.Key);
        await using var command = source.CreateCommand(
            """
            SELECT source, symbol, timeframe, open_time, fault, amount
            FROM candle_faults
            ORDER BY source, symbol, timeframe, open_time
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var faults = new List<CandleFault>();
        while (await rows.ReadAsync(stop))
        {
            var id = new SeriesId(rows.GetInt16(0), rows.GetInt32(1), rows.GetInt16(2));
            if (names.TryGetValue(id, out var key) && (symbol is null || key.Symbol == symbol))
            {
                faults.Add(new CandleFault(key, rows.GetFieldValue<DateTimeOffset>(3), Enum.Parse<SeriesFault>(rows.GetString(4)), rows.GetDouble(5)));
            }
        }
        return faults;
    }

    /// <summary>Accepts open gaps as they are and answers how many.</summary>
    public Task<int> Accept(Symbol? symbol, CancellationToken stop) => Execute(
        """
        UPDATE candle_gaps
        SET is_known = true
        WHERE NOT is_known AND ($1 IS NULL OR symbol = (SELECT id FROM market_symbols WHERE name = $1))
        """,
        stop, Text(symbol));

    /// <summary>Accepts what is still missing of a series in a range that the exchange was asked for, where it was found missing before a moment.</summary>
    public async Task<int> Accept(SeriesKey key, GapRange range, DateTimeOffset foundBefore, CancellationToken stop)
    {
        var id = await catalog.IdOf(key, stop);
        return await Execute(
            """
            UPDATE candle_gaps
            SET is_known = true
            WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND NOT is_known AND starts_at >= $4 AND ends_at <= $5 AND found_at <= $6
            """,
            stop, id.Source, id.Symbol, id.Timeframe, range.From, range.Until, foundBefore);
    }

    /// <summary>Forgets accepted gaps, so that the next check finds them again, and answers how many.</summary>
    public async Task<int> ClearKnown(Symbol? symbol, CancellationToken stop) => await Execute(
        """
        WITH cleared AS (
            DELETE FROM candle_gaps
            WHERE is_known AND ($1 IS NULL OR symbol = (SELECT id FROM market_symbols WHERE name = $1))
            RETURNING source, symbol, timeframe, starts_at
        ), lowered AS (
            UPDATE candle_series s
            SET verified_until = least(s.verified_until, c.first)
            FROM (SELECT source, symbol, timeframe, min(starts_at) AS first FROM cleared GROUP BY source, symbol, timeframe) c
            WHERE (s.source, s.symbol, s.timeframe) = (c.source, c.symbol, c.timeframe) AND s.verified_until IS NOT NULL
        )
        SELECT FROM cleared
        """,
        stop, Text(symbol));

    /// <summary>Makes the next check start from the first candle and answers how many series that concerns.</summary>
    public Task<int> Reset(Symbol? symbol, CancellationToken stop) => Execute(
        """
        UPDATE candle_series
        SET verified_until = NULL, verified_at = NULL
        WHERE $1 IS NULL OR symbol = (SELECT id FROM market_symbols WHERE name = $1)
        """,
        stop, Text(symbol));

    /// <summary>Writes down what a check found from a moment on, in place of what was known there; false where the series changed since it was read.</summary>
    internal async Task<bool> Write(SeriesId id, long changes, DateTimeOffset from, DateTimeOffset until, IReadOnlyList<SeriesFinding> faults, IReadOnlyList<CandleGap> gaps, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        await using var turn = Command(connection, "SELECT changes FROM candle_series WHERE source = $1 AND symbol = $2 AND timeframe = $3 FOR UPDATE", id.Source, id.Symbol, id.Timeframe);
        if (await turn.ExecuteScalarAsync(stop) is not long current || current != changes)
        {
            return false;
        }
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "DELETE FROM candle_faults WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time >= $4 AND open_time < $5", id.Source, id.Symbol, id.Timeframe, from, until);
        Add(batch, "DELETE FROM candle_gaps WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND starts_at >= $4 AND starts_at < $5", id.Source, id.Symbol, id.Timeframe, from, until);
        Add(
            batch,
            """
            INSERT INTO candle_faults (source, symbol, timeframe, open_time, fault, amount, found_at)
            SELECT $1, $2, $3, f.*, $4
            FROM unnest($5, $6, $7) AS f
            ON CONFLICT DO NOTHING
            """,
            id.Source, id.Symbol, id.Timeframe, now,
            faults.Select(fault => CandleTable.TimeOf(fault.OpenTime)).ToArray(), faults.Select(fault => fault.Fault.ToString()).ToArray(), faults.Select(fault => fault.Amount).ToArray());
        Add(
            batch,
            """
            INSERT INTO candle_gaps (source, symbol, timeframe, starts_at, ends_at, is_known, found_at)
            SELECT $1, $2, $3, g.*
            FROM unnest($4, $5, $6, $7) AS g
            """,
            id.Source, id.Symbol, id.Timeframe, gaps.Select(gap => gap.Range.From).ToArray(), gaps.Select(gap => gap.Range.Until).ToArray(), gaps.Select(gap => gap.IsKnown).ToArray(), gaps.Select(gap => gap.FoundAt).ToArray());
        Add(batch, "UPDATE candle_series SET verified_until = $4, verified_at = $5 WHERE source = $1 AND symbol = $2 AND timeframe = $3", id.Source, id.Symbol, id.Timeframe, until, now);
        await batch.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    internal async Task<long> Changes(SeriesId id, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var command = Command(connection, "SELECT changes FROM candle_series WHERE source = $1 AND symbol = $2 AND timeframe = $3", id.Source, id.Symbol, id.Timeframe);
        return await command.ExecuteScalarAsync(stop) as long? ?? 0;
    }

    async Task<int> Execute(string sql, CancellationToken stop, params object[] values)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var command = Command(connection, sql, values);
        if (!sql.StartsWith("WITH", StringComparison.Ordinal))
        {
            return await command.ExecuteNonQueryAsync(stop);
        }
        await using var rows = await command.ExecuteReaderAsync(stop);
        var count = 0;
        while (await rows.ReadAsync(stop))
        {
            count++;
        }
        return count;
    }

    static NpgsqlParameter Text(Symbol? symbol) => new() { Value = (object?)symbol?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        }
        return command;
    }

    static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        batch.BatchCommands.Add(command);
    }
}
