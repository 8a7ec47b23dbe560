using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>
/// Paper sessions as rows. What came of a candle is written in one transaction with the candle itself, and only by who saw the session where it stood:
/// two that feed the same one cannot both write.
/// </summary>
public sealed class PaperTable(NpgsqlDataSource source, TimeProvider clock, ILogger<PaperTable> log)
{
    public const int MostRunningOfUser = 10, MostKeptOfUser = 200, MostRunning = 2_000;

    const string Columns = "id, user_id, title, request, source, provenance, symbol, timeframe, status, started_at, stopped_at, feed_from, fed_until, candles, entries, state, closes_by_hand_since, closes_by_hand_entry";

    public async Task<StoredPaper> Add(long user, string title, PaperOrder order, SeriesKey series, CandleSlice warmUp, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Refuse(connection, user, stop);
        var now = clock.GetUtcNow();
        var start = series.Timeframe.Floor(now);
        // The candle that closed just now may be stored a moment later: the session goes on where its warm-up ends.
        var fedUntil = warmUp.Count > 0 ? CandleTable.TimeOf(series.Timeframe.CloseOf(warmUp.Times[^1])) : start;
        await using var insert = Command(
            connection,
            $"""
            INSERT INTO paper_sessions (user_id, title, strategy, request, source, provenance, symbol, timeframe, status, started_at, feed_from, fed_until, entries, state)
            VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, 'running', $9, $10, $11, 1, $12::jsonb)
            RETURNING {Columns}
            """,
            user, title, order.Strategy.Key, Json(order), series.Source.Name, series.Source.Provenance.ToString().ToLowerInvariant(), series.Symbol.ToString(), (short)series.Timeframe.Minutes,
            now, warmUp.Count > 0 ? CandleTable.TimeOf(warmUp.Times[0]) : start, fedUntil, Json(PaperState.Initial(order.InitialCapital)));
        var session = (await One(insert, stop))!;
        await Write(connection, session.Id, [.. Enumerable.Range(0, warmUp.Count).Select(i => new PaperCandle(warmUp[i], default, null, null, null))], stop);
        await Write(connection, session, [new LedgerLine(1, now, "start", null, null, order.InitialCapital, "The session began.")], stop);
        await transaction.CommitAsync(CancellationToken.None);
        return session;
    }

    static async Task Refuse(NpgsqlConnection connection, long user, CancellationToken stop)
    {
        // Who asks at once takes turns, and counts in a statement of its own: one sees only what was there when it began, and it began before the wait.
        await using (var turn = Command(connection, "SELECT pg_advisory_xact_lock(hashtextextended('paper sessions', 0))"))
        {
            await turn.ExecuteNonQueryAsync(stop);
        }
        await using var command = Command(
            connection,
            """
            SELECT (SELECT count(*) FROM paper_sessions WHERE user_id = $1 AND status = 'running'),
                   (SELECT count(*) FROM paper_sessions WHERE user_id = $1),
                   (SELECT count(*) FROM paper_sessions WHERE status = 'running')
            """,
            user);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        if (row.GetInt64(0) >= MostRunningOfUser)
        {
            throw new TidemarkException(ErrorCode.LimitReached, $"{MostRunningOfUser} paper sessions run at a time; stop one first.", new Dictionary<string, object?> { ["limit"] = MostRunningOfUser, ["unit"] = "running paper sessions" });
        }
        if (row.GetInt64(1) >= MostKeptOfUser)
        {
            throw new TidemarkException(ErrorCode.LimitReached, $"{MostKeptOfUser} paper sessions are kept; delete one first.", new Dictionary<string, object?> { ["limit"] = MostKeptOfUser, ["unit"] = "paper sessions" });
        }
        if (row.GetInt64(2) >= MostRunning)
        {
            throw new TidemarkException(ErrorCode.QueueFull, "As many paper sessions as this server takes are running; try again later.");
        }
    }

    public async Task<IReadOnlyList<StoredPaper>> Of(long user, CancellationToken stop) => await Many($"SELECT {Columns} FROM paper_sessions WHERE user_id = $1 ORDER BY id DESC", stop, user);

    public Task<StoredPaper?> Find(long user, long id, CancellationToken stop) => One($"SELECT {Columns} FROM paper_sessions WHERE user_id = $1 AND id = $2", stop, user, id);

    public Task<StoredPaper?> Find(long id, CancellationToken stop) => One($"SELECT {Columns} FROM paper_sessions WHERE id = $1", stop, id);

    public async Task<IReadOnlyList<StoredPaper>> Running(CancellationToken stop) => await Many($"SELECT {Columns} FROM paper_sessions WHERE status = 'running' ORDER BY id", stop);

    /// <summary>Sessions that took candles before a day and whose last such day has no report, and all that were fed after a moment.</summary>
    public async Task<IReadOnlyList<StoredPaper>> Unreported(DateTimeOffset today, DateTimeOffset since, CancellationToken stop) =>
        await Many(
            $"""
            SELECT {Columns} FROM paper_sessions s
            WHERE started_at < $1 AND fed_until > started_at
              AND (fed_until > $2 OR NOT EXISTS (SELECT FROM paper_parity p WHERE p.session = s.id AND p.day >= ((s.fed_until - interval '1 microsecond') AT TIME ZONE 'UTC')::date))
            ORDER BY id
            """,
            stop, today, since);

    /// <summary>The days of a session that have a report.</summary>
    public async Task<IReadOnlySet<DateOnly>> Reported(long session, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT day FROM paper_parity WHERE session = $1");
        Fill(command, session);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var days = new HashSet<DateOnly>();
        while (await rows.ReadAsync(stop))
        {
            days.Add(rows.GetFieldValue<DateOnly>(0));
        }
        return days;
    }

    /// <summary>Writes candles and what came of them; false, and nothing written, where the session does not stand where it was seen.</summary>
    public async Task<bool> Feed(StoredPaper seen, StoredPaper now, IReadOnlyList<PaperCandle> candles, IReadOnlyList<LedgerLine> lines, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var step = Command(
            connection,
            """
            UPDATE paper_sessions SET fed_until = $4, candles = $5, entries = $6, state = $7::jsonb, closes_by_hand_since = $8, closes_by_hand_entry = $9
            WHERE id = $1 AND fed_until = $2 AND entries = $3 AND status = 'running'
            """,
            seen.Id, seen.FedUntil, seen.Entries, now.FedUntil, now.Candles, now.Entries, Json(now.State), Time(now.Closing?.Since), Time(now.Closing?.EntryAt)))
        {
            if (await step.ExecuteNonQueryAsync(stop) == 0)
            {
                return false;
            }
        }
        await Write(connection, seen.Id, candles, stop);
        await Write(connection, seen, lines, stop);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Has a position closed by hand at the first open from now on; false where the session no longer stands where it was seen.</summary>
    public async Task<bool> CloseByHand(StoredPaper session, PaperPosition position, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var ask = Command(
            connection,
            """
            UPDATE paper_sessions SET closes_by_hand_since = $4, closes_by_hand_entry = $5, entries = entries + 1
            WHERE id = $1 AND fed_until = $2 AND entries = $3 AND status = 'running' AND closes_by_hand_since IS NULL
            RETURNING entries
            """,
            session.Id, session.FedUntil, session.Entries, clock.GetUtcNow(), position.EntryAt);
        var number = await ask.ExecuteScalarAsync(stop) as int?;
        if (number is { } line)
        {
            await Write(connection, session, [new LedgerLine(line, clock.GetUtcNow(), "manual", null, null, session.State.Equity, "Closing by hand was asked for; it is done at the next open.")], stop);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return number is not null;
    }

    /// <summary>Ends a session and says why; what is open stays open and is marked at the last close. Answers whether it ran until now.</summary>
    public async Task<bool> Stop(StoredPaper session, string why, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var end = Command(connection, "UPDATE paper_sessions SET status = 'stopped', stopped_at = $2, entries = entries + 1, closes_by_hand_since = NULL, closes_by_hand_entry = NULL WHERE id = $1 AND status = 'running' RETURNING entries", session.Id, clock.GetUtcNow());
        var number = await end.ExecuteScalarAsync(stop) as int?;
        if (number is { } line)
        {
            await Write(connection, session, [new LedgerLine(line, clock.GetUtcNow(), "stop", null, null, session.State.Equity, $"{why} What is open stays marked at the last close.")], stop);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return number is not null;
    }

    public async Task<bool> Delete(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM paper_sessions WHERE id = $1 AND status = 'stopped'");
        Fill(command, id);
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>Every candle a session took, oldest first.</summary>
    public async Task<IReadOnlyList<PaperCandle>> Candles(long session, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT open_time, open, high, low, close, volume, minutes, inside, equity, received_at, decided_at, is_left_by_hand FROM paper_candles WHERE session = $1 ORDER BY open_time");
        Fill(command, session);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var candles = new List<PaperCandle>();
        while (await rows.ReadAsync(stop))
        {
            var candle = new Candle(rows.GetFieldValue<DateTimeOffset>(0).ToUnixTimeMilliseconds(), rows.GetDouble(1), rows.GetDouble(2), rows.GetDouble(3), rows.GetDouble(4), rows.GetDouble(5), rows.GetInt32(6));
            candles.Add(new PaperCandle(candle, rows.IsDBNull(7) ? default : MinutePacking.Unpack(rows.GetFieldValue<byte[]>(7)), rows.IsDBNull(8) ? null : rows.GetDouble(8), Time(rows, 9), Time(rows, 10)) { IsLeftByHand = rows.GetBoolean(11) });
        }
        return candles;
    }

    public async Task<IReadOnlyList<LedgerLine>> Ledger(long session, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT entry FROM paper_ledger WHERE session = $1 ORDER BY number");
        Fill(command, session);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var lines = new List<LedgerLine>();
        while (await rows.ReadAsync(stop))
        {
            lines.Add(JsonSerializer.Deserialize<LedgerLine>(rows.GetString(0), ApiJson.Options)!);
        }
        return lines;
    }

    public async Task Keep(StoredPaper session, ParityReport report, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO paper_parity (session, day, user_id, agreed, report, run_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
            ON CONFLICT (session, day) DO UPDATE SET agreed = excluded.agreed, report = excluded.report, run_at = excluded.run_at
            """);
        Fill(command, session.Id, report.Day, session.UserId, report.Agreed, Json(report), clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(stop);
    }

    public async Task<IReadOnlyList<ParityReport>> Reports(long session, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT report FROM paper_parity WHERE session = $1 ORDER BY day DESC LIMIT $2");
        Fill(command, session, most);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var reports = new List<ParityReport>();
        while (await rows.ReadAsync(stop))
        {
            reports.Add(JsonSerializer.Deserialize<ParityReport>(rows.GetString(0), ApiJson.Options)!);
        }
        return reports;
    }

    /// <summary>The newest report; null of none.</summary>
    public async Task<ParityReport?> Latest(long session, CancellationToken stop) => await Reports(session, 1, stop) is [var report, ..] ? report : null;

    static async Task Write(NpgsqlConnection connection, long session, IReadOnlyList<PaperCandle> candles, CancellationToken stop)
    {
        if (candles.Count == 0)
        {
            return;
        }
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO paper_candles (session, open_time, open, high, low, close, volume, minutes, inside, equity, received_at, decided_at, is_left_by_hand)
            SELECT $1, c.*
            FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS c
            """,
            connection);
        Fill(command, session, candles.Select(static one => CandleTable.TimeOf(one.Candle.OpenTime)).ToArray(), candles.Select(static one => one.Candle.Open).ToArray(), candles.Select(static one => one.Candle.High).ToArray(), candles.Select(static one => one.Candle.Low).ToArray());
        Fill(command, candles.Select(static one => one.Candle.Close).ToArray(), candles.Select(static one => one.Candle.Volume).ToArray(), candles.Select(static one => one.Candle.Minutes).ToArray());
        Fill(
            command,
            new NpgsqlParameter { Value = candles.Select(static one => one.Inside.Count == 0 ? null : MinutePacking.Pack(one.Inside)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            new NpgsqlParameter { Value = candles.Select(static one => one.Equity).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double },
            new NpgsqlParameter { Value = candles.Select(static one => one.ReceivedAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            new NpgsqlParameter { Value = candles.Select(static one => one.DecidedAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            new NpgsqlParameter { Value = candles.Select(static one => one.IsLeftByHand).ToArray() });
        await command.ExecuteNonQueryAsync(stop);
    }

    static async Task Write(NpgsqlConnection connection, StoredPaper session, IReadOnlyList<LedgerLine> lines, CancellationToken stop)
    {
        foreach (var line in lines)
        {
            await using var command = Command(
                connection, "INSERT INTO paper_ledger (session, number, user_id, at, kind, entry) VALUES ($1, $2, $3, $4, $5, $6::jsonb)",
                session.Id, line.Number, session.UserId, line.At, line.Kind, Json(line));
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    async Task<StoredPaper?> One(string sql, CancellationToken stop, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        Fill(command, values);
        return await One(command, stop);
    }

    static async Task<StoredPaper?> One(NpgsqlCommand command, CancellationToken stop)
    {
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? SessionOf(rows) : null;
    }

    async Task<List<StoredPaper>> Many(string sql, CancellationToken stop, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        Fill(command, values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<StoredPaper>();
        while (await rows.ReadAsync(stop))
        {
            try
            {
                found.Add(SessionOf(rows));
            }
            catch (Exception fault) when (fault is JsonException or ArgumentException or FormatException or NotSupportedException)
            {
                // What another version of the program wrote is no reason to leave all the others alone.
                log.LogError(fault, "Paper session {Session} cannot be read and is left out", rows.GetInt64(0));
            }
        }
        return found;
    }

    static StoredPaper SessionOf(NpgsqlDataReader row)
    {
        var from = new MarketSource(row.GetString(4), Enum.Parse<Provenance>(row.GetString(5), ignoreCase: true));
        return new StoredPaper(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), OrderOf(row.GetString(3)), new SeriesKey(from, Symbol.Parse(row.GetString(6)), Timeframe.OfMinutes(row.GetInt16(7))),
            Enum.Parse<PaperStatus>(row.GetString(8), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(9), Time(row, 10), row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12), row.GetInt64(13), row.GetInt32(14),
            JsonSerializer.Deserialize<PaperState>(row.GetString(15), ApiJson.Options) ?? throw new JsonException("There is no state."))
        {
            Closing = Time(row, 16) is { } since ? new ClosingByHand(since, row.GetFieldValue<DateTimeOffset>(17)) : null,
        };
    }

    static PaperOrder OrderOf(string text) =>
        JsonSerializer.Deserialize<PaperOrder>(text, ApiJson.Options) is { Strategy: not null, Parameters: not null, Settings: not null } order
            ? order
            : throw new JsonException("The order lacks its strategy, parameters or settings.");

    static string Json<T>(T value) => JsonSerializer.Serialize(value, ApiJson.Options);

    static DateTimeOffset? Time(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    static NpgsqlParameter Time(DateTimeOffset? time) => new() { Value = Sql.Value(time), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        Fill(command, values);
        return command;
    }

    static void Fill(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        }
    }
}
