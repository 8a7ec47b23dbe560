using Npgsql;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>The statements that change stored candles; each works on one series inside its caller's transaction.</summary>
static class CandleTable
{
    /// <summary>Takes the turn to write a series, which lasts to the end of the transaction; over all processes one has it.</summary>
    public static async Task TakeTurn(NpgsqlConnection connection, SeriesId series, DateTimeOffset now, CancellationToken stop)
    {
        await using var turn = new NpgsqlBatch(connection);
        var insert = new NpgsqlBatchCommand("INSERT INTO candle_series (source, symbol, timeframe, changed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
        AddKey(insert.Parameters, series);
        insert.Parameters.Add(new() { Value = now });
        var take = new NpgsqlBatchCommand("SELECT FROM candle_series WHERE source = $1 AND symbol = $2 AND timeframe = $3 FOR UPDATE");
        AddKey(take.Parameters, series);
        turn.BatchCommands.Add(insert);
        turn.BatchCommands.Add(take);
        await turn.ExecuteNonQueryAsync(stop);
    }

    public static async Task<bool> IsEmpty(NpgsqlConnection connection, SeriesId series, long first, long last, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT NOT EXISTS (
                SELECT FROM candles
                WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time BETWEEN $4 AND $5)
            """,
            connection);
        AddKey(command.Parameters, series);
        command.Parameters.Add(new() { Value = TimeOf(first) });
        command.Parameters.Add(new() { Value = TimeOf(last) });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Inserts the candles whose time is still free and answers how many.</summary>
    public static async Task<int> InsertMissing(NpgsqlConnection connection, SeriesId series, CandleSlice candles, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO candles (source, symbol, timeframe, open_time, open, high, low, close, volume, minutes)
            SELECT $1, $2, $3, b.*
            FROM unnest($4, $5, $6, $7, $8, $9, $10) AS b
            ON CONFLICT (source, symbol, timeframe, open_time) DO NOTHING
            """,
            connection);
        AddKey(command.Parameters, series);
        command.Parameters.Add(new() { Value = Array.ConvertAll(candles.Times.ToArray(), TimeOf) });
        foreach (var column in (double[][])[candles.Opens.ToArray(), candles.Highs.ToArray(), candles.Lows.ToArray(), candles.Closes.ToArray(), candles.Volumes.ToArray()])
        {
            command.Parameters.Add(new() { Value = column });
        }
        command.Parameters.Add(new() { Value = Array.ConvertAll(candles.Minutes.ToArray(), minutes => checked((short)minutes)) });
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Deletes the candles that open in [from, until) and answers how many there were.</summary>
    public static async Task<int> Remove(NpgsqlConnection connection, SeriesId series, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("DELETE FROM candles WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time >= $4 AND open_time < $5", connection);
        AddKey(command.Parameters, series);
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Counts new candles. What was checked beyond the first of them is to be checked again; minutes behind the newest one leave the longer timeframes stale.</summary>
    public static async Task CountStored(NpgsqlConnection connection, SeriesId series, CandleSlice candles, int stored, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE candle_series
            SET candles = candles + $4,
                first_open = least(first_open, $5),
                last_open = greatest(last_open, $6),
                changes = changes + 1,
                changed_at = $7,
                verified_until = CASE WHEN verified_until > $5 THEN $5 ELSE verified_until END,
                stale_from = CASE WHEN timeframe = 1 AND $5 <= last_open THEN least(stale_from, $5) ELSE stale_from END,
                stale_until = CASE WHEN timeframe = 1 AND $5 <= last_open THEN greatest(stale_until, $6 + interval '1 minute') ELSE stale_until END,
                stale_marks = stale_marks + CASE WHEN timeframe = 1 AND $5 <= last_open THEN 1 ELSE 0 END
            WHERE source = $1 AND symbol = $2 AND timeframe = $3
            """,
            connection);
        AddKey(command.Parameters, series);
        command.Parameters.Add(new() { Value = (long)stored });
        command.Parameters.Add(new() { Value = TimeOf(candles.Times[0]) });
        command.Parameters.Add(new() { Value = TimeOf(candles.Times[^1]) });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Counts a change that may have removed candles. What was found and checked beyond its beginning is to be checked again.</summary>
    public static async Task CountChange(NpgsqlConnection connection, SeriesId series, int change, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH outdated AS (
                DELETE FROM candle_faults
                WHERE source = $1 AND symbol = $2 AND timeframe = $3 AND open_time >= $5
            )
            UPDATE candle_series
            SET candles = candles + $4,
                first_open = (SELECT min(open_time) FROM candles WHERE source = $1 AND symbol = $2 AND timeframe = $3),
                last_open = (SELECT max(open_time) FROM candles WHERE source = $1 AND symbol = $2 AND timeframe = $3),
                changes = changes + 1,
                changed_at = $6,
                verified_until = CASE WHEN verified_until > $5 THEN $5 ELSE verified_until END,
                stale_from = CASE WHEN timeframe = 1 THEN least(stale_from, $5) ELSE stale_from END,
                stale_until = CASE WHEN timeframe = 1 THEN greatest(stale_until, $7) ELSE stale_until END,
                stale_marks = stale_marks + CASE WHEN timeframe = 1 THEN 1 ELSE 0 END
            WHERE source = $1 AND symbol = $2 AND timeframe = $3
            """,
            connection);
        AddKey(command.Parameters, series);
        command.Parameters.Add(new() { Value = (long)change });
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>How often a series was changed; holds it against further changes until the transaction ends.</summary>
    public static async Task<long> HoldChanges(NpgsqlConnection connection, SeriesId series, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT changes FROM candle_series WHERE source = $1 AND symbol = $2 AND timeframe = $3 FOR SHARE", connection);
        AddKey(command.Parameters, series);
        return await command.ExecuteScalarAsync(stop) as long? ?? 0;
    }

    /// <summary>Every candle and all that was known about them. The order is the one in which writers take their locks.</summary>
    public static async Task RemoveEverything(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("TRUNCATE candle_series, candles, candle_faults, candle_gaps, candle_quarantine, market_statistics", connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    public static void AddKey(NpgsqlParameterCollection parameters, SeriesId series)
    {
        parameters.Add(new() { Value = series.Source });
        parameters.Add(new() { Value = series.Symbol });
        parameters.Add(new() { Value = series.Timeframe });
    }

    public static DateTimeOffset TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
