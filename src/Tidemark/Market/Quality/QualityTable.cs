using Npgsql;
using NpgsqlTypes;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>A range without candles, as it is written down.</summary>
public sealed record CandleGap(SeriesKey Series, GapRange Range, bool IsKnown, DateTimeOffset FoundAt);

/// <summary>Something wrong with a stored candle, as it is written down.</summary>
public sealed record CandleFault(SeriesKey Series, DateTimeOffset OpenTime, SeriesFault Fault, double Amount);

/// <summary>What is stored of a series in a stretch: candles, open times of the first and the last, how many holes are between them, and the longest of these.</summary>
public sealed record StoredStretch(long Candles, DateTimeOffset FirstOpen, DateTimeOffset LastOpen, long HoleCount, IReadOnlyList<GapRange> Holes);

/// <summary>What the checks found and what was accepted.</summary>
public sealed class QualityTable(NpgsqlDataSource source, SeriesCatalog catalog, TimeProvider clock)
{
    /// <summary>Whether a candle that opens at a moment is kept apart because it cannot be right.</summary>
    public async Task<bool> IsQuarantined(SeriesKey series, DateTimeOffset open, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM candle_quarantine WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time = $4)");
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(series, stop));
        command.Parameters.Add(new() { Value = open.ToUniversalTime() });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>What is accepted between two moments as what the exchange does not have either; a hole that nobody has looked at yet is not among it.</summary>
    public async Task<IReadOnlyList<GapRange>> Accepted(SeriesKey series, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT starts_at, ends_at
            FROM candle_gaps
            WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND starts_at < $5 AND ends_at > $4 AND is_known
            ORDER BY starts_at
            """);
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(series, stop));
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var accepted = new List<GapRange>();
        while (await rows.ReadAsync(stop))
        {
            accepted.Add(new GapRange(rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<DateTimeOffset>(1)));
        }
        return accepted;
    }

    /// <summary>How many candles that open in [from, until) are kept apart because they cannot be right.</summary>
    public async Task<long> CountQuarantined(SeriesKey series, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT count(DISTINCT open_time) FROM candle_quarantine WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time >= $4 AND open_time < $5");
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(series, stop));
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>What is stored in [from, until), counted where it lies: how many candles, the first and last open, and the longest holes between them, in order of time.</summary>
    public async Task<StoredStretch?> Stretch(SeriesKey series, DateTimeOffset from, DateTimeOffset until, int mostHoles, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            WITH here AS (
                SELECT open_time, lag(open_time) OVER (ORDER BY open_time) + $3 * interval '1 minute' AS expected
                FROM candles
                WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time >= $4 AND open_time < $5
            ), total AS (
                SELECT count(*) AS candles, min(open_time) AS first, max(open_time) AS last, count(*) FILTER (WHERE open_time > expected) AS holes FROM here
            ), longest AS (
                SELECT expected AS starts_at, open_time AS ends_at FROM here WHERE open_time > expected ORDER BY open_time - expected DESC, open_time LIMIT $6
            )
            SELECT t.candles, t.first, t.last, t.holes, l.starts_at, l.ends_at
            FROM total t
            LEFT JOIN longest l ON true
            ORDER BY l.starts_at
            """);
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(series, stop));
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        command.Parameters.Add(new() { Value = mostHoles });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (found, holes) = ((StoredStretch?)null, new List<GapRange>());
        while (await rows.ReadAsync(stop))
        {
            if (rows.GetInt64(0) == 0)
            {
                return null;
            }
            found ??= new StoredStretch(rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetInt64(3), holes);
            if (!rows.IsDBNull(4))
            {
                holes.Add(new GapRange(rows.GetFieldValue<DateTimeOffset>(4), rows.GetFieldValue<DateTimeOffset>(5)));
            }
        }
        return found;
    }

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
