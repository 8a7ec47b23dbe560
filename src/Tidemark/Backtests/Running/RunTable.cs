using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Access;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Running;

/// <summary>Which runs a list shows.</summary>
public sealed record RunFilter(RunKind? Kind = null, string? Strategy = null, string? Symbol = null, RunStatus? Status = null);

/// <summary>
/// Runs as rows: queued, claimed by one worker under a lease, ended once. A worker that lost its lease writes nothing, and a run whose
/// worker died is begun again, a few times at most.
/// </summary>
public sealed class RunTable(NpgsqlDataSource source, TrialBook trials, TimeProvider clock)
{
    public const int MostWaitingOfUser = 20, MostWaiting = 1_000, MostKept = 5_000, MostAttempts = 3;

    /// <summary>How long a claim lasts without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    const string Columns =
        "id, user_id, code, kind, status, request, title, note, created_at, started_at, completed_at, attempts, progress, seconds_left, fault_code, fault, fingerprint, same_as, summary";

    /// <summary>Writes a run down and spends it from the plan, both or neither; one that came under the same key before is found instead.</summary>
    public async Task<StoredRun> Add(Caller caller, RunOrder order, string? key, string? title, string? note, PlanAccess access, TidemarkDb db, CancellationToken stop)
    {
        if (key is not null && await ByKey(caller.UserId, key, stop) is { } before)
        {
            return before;
        }
        StoredRun? added = null;
        try
        {
            await db.InTransaction(
                async transaction =>
                {
                    var connection = (NpgsqlConnection)Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction).Connection!;
                    await Refuse(connection, caller.UserId, stop);
                    await access.Spend(caller, Entitlements.Backtest, stop);
                    added = await Insert(connection, caller.UserId, order, key, title, note, stop);
                },
                stop);
        }
        catch (Npgsql.PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation && key is not null)
        {
            return await ByKey(caller.UserId, key, stop) ?? throw new TidemarkException(ErrorCode.RequestInFlight);
        }
        return added!;
    }

    async Task Refuse(NpgsqlConnection connection, long user, CancellationToken stop)
    {
        // Who asks at once takes turns, and counts in a statement of its own: one sees only what was there when it began, and it began before the wait.
        await using (var turn = Command(connection, "SELECT pg_advisory_xact_lock(hashtextextended('backtest runs', 0))"))
        {
            await turn.ExecuteNonQueryAsync(stop);
        }
        await using var command = Command(
            connection,
            """
            SELECT (SELECT count(*) FROM backtest_runs WHERE user_id = $1 AND status IN ('queued', 'running')),
                   (SELECT count(*) FROM backtest_runs WHERE user_id = $1),
                   (SELECT count(*) FROM backtest_runs WHERE status = 'queued')
            """,
            user);
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        if (row.GetInt64(0) >= MostWaitingOfUser)
        {
            throw new TidemarkException(ErrorCode.QueueFull, $"{MostWaitingOfUser} of your runs are waiting or under way; wait until one is done, or cancel it.", new Dictionary<string, object?> { ["limit"] = MostWaitingOfUser });
        }
        if (row.GetInt64(1) >= MostKept)
        {
            throw new TidemarkException(ErrorCode.LimitReached, $"{MostKept:N0} runs are kept; delete some first.", new Dictionary<string, object?> { ["limit"] = MostKept, ["unit"] = "kept runs" });
        }
        if (row.GetInt64(2) >= MostWaiting)
        {
            throw new TidemarkException(ErrorCode.QueueFull, "Too many runs of all users are waiting at this moment; try again in a while.");
        }
    }

    async Task<StoredRun> Insert(NpgsqlConnection connection, long user, RunOrder order, string? key, string? title, string? note, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var prefix = order.Kind switch { RunKind.Optimisation => "OP", RunKind.WalkForward => "WF", _ => "BT" };
        await using var command = Command(
            connection,
            $"""
            WITH number AS (
                INSERT INTO backtest_numbers AS kept (user_id, prefix, day, last) VALUES ($1, $2, $3, 1)
                ON CONFLICT (user_id, prefix, day) DO UPDATE SET last = kept.last + 1
                RETURNING last
            )
            INSERT INTO backtest_runs (user_id, code, kind, status, strategy, symbols, timeframe, from_at, until_at, request, request_key, title, note, created_at)
            SELECT $1, $2 || '-' || to_char($3::date, 'YYYYMMDD') || '-' || CASE WHEN last < 1000 THEN lpad(last::text, 3, '0') ELSE last::text END, $4, 'queued', $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14
            FROM number
            RETURNING {Columns}
            """,
            user, prefix, DateOnly.FromDateTime(now.UtcDateTime), Word(order.Kind), order.Strategy.Key, order.Symbols.ToArray(), (short)Timeframe.Parse(order.Timeframe).Minutes, order.From, order.Until,
            JsonSerializer.Serialize(order, ApiJson.Options), Text(key), Text(title), Text(note), now);
        return (await Read(command, stop))[0];
    }

    Task<StoredRun?> ByKey(long user, string key, CancellationToken stop) => One($"SELECT {Columns} FROM backtest_runs WHERE user_id = $1 AND request_key = $2", stop, user, key);

    public Task<StoredRun?> Find(long user, string code, CancellationToken stop) => One($"SELECT {Columns} FROM backtest_runs WHERE user_id = $1 AND code = $2", stop, user, code);

    public Task<StoredRun?> Find(long id, CancellationToken stop) => One($"SELECT {Columns} FROM backtest_runs WHERE id = $1", stop, id);

    /// <summary>A run of the same user that gave a result for the same data, code and order.</summary>
    public Task<StoredRun?> Same(long user, string fingerprint, CancellationToken stop) =>
        One($"SELECT {Columns} FROM backtest_runs WHERE user_id = $1 AND fingerprint = $2 AND status = 'done' AND same_as IS NULL ORDER BY id LIMIT 1", stop, user, fingerprint);

    public async Task<IReadOnlyList<StoredRun>> List(long user, RunFilter filter, long before, int count, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT {Columns}
            FROM backtest_runs
            WHERE user_id = $1 AND id < $2 AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR strategy = $4) AND ($5::text IS NULL OR $5 = ANY (symbols)) AND ($6::text IS NULL OR status = $6)
            ORDER BY id DESC
            LIMIT $7
            """);
        Fill(command, user, before, Text(filter.Kind is { } kind ? Word(kind) : null), Text(filter.Strategy), Text(filter.Symbol), Text(filter.Status is { } status ? Word(status) : null), count);
        return await Read(command, stop);
    }

    /// <summary>Runs before it in the queue; null where it does not wait.</summary>
    public async Task<int?> Ahead(StoredRun run, CancellationToken stop)
    {
        if (run.Status != RunStatus.Queued)
        {
            return null;
        }
        await using var command = source.CreateCommand("SELECT count(*)::integer FROM backtest_runs WHERE status = 'queued' AND id < $1");
        Fill(command, run.Id);
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Sets free what dead workers held.</summary>
    public async Task<int> SetFree(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE backtest_runs
            SET status = CASE WHEN is_cancelled THEN 'cancelled' WHEN attempts >= $2 THEN 'failed' ELSE 'queued' END,
                completed_at = CASE WHEN is_cancelled OR attempts >= $2 THEN $1 END,
                fault_code = CASE WHEN attempts >= $2 AND NOT is_cancelled THEN 'INTERNAL_ERROR' END,
                fault = CASE WHEN attempts >= $2 AND NOT is_cancelled THEN 'The program stopped ' || attempts || ' times while it worked on this; it is not tried again.' END,
                holder = NULL, held_until = NULL, progress = 0, seconds_left = NULL
            WHERE status = 'running' AND held_until < $1
            """);
        Fill(command, clock.GetUtcNow(), MostAttempts);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>
    /// Takes the next run of somebody of whom none is under way: who was served longest ago, then the oldest. One after the other, each of a person's runs
    /// is judged with all that was tried before it.
    /// </summary>
    public async Task<StoredRun?> Claim(string holder, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Two workers must not each take one of the same person, so they look in turns.
        await using (var turn = Command(connection, "SELECT pg_advisory_xact_lock(hashtextextended('backtest claims', 0))"))
        {
            await turn.ExecuteNonQueryAsync(stop);
        }
        await using var claim = Command(
            connection,
            $"""
            WITH next AS (
                SELECT r.id
                FROM backtest_runs r
                LEFT JOIN LATERAL (
                    SELECT max(o.started_at) AS served
                    FROM backtest_runs o
                    WHERE o.user_id = r.user_id AND o.started_at > $2 - interval '1 hour'
                ) u ON true
                WHERE r.status = 'queued' AND NOT EXISTS (SELECT FROM backtest_runs o WHERE o.user_id = r.user_id AND o.status = 'running')
                ORDER BY u.served NULLS FIRST, r.id
                LIMIT 1
                FOR UPDATE OF r SKIP LOCKED
            )
            UPDATE backtest_runs r
            SET status = 'running', holder = $1, held_until = $3, started_at = $2, attempts = attempts + 1
            FROM next
            WHERE r.id = next.id AND r.status = 'queued'
            RETURNING {string.Join(", ", Columns.Split(", ").Select(static column => "r." + column))}
            """,
            holder, now, now + Lease);
        var claimed = (await Read(claim, stop)).FirstOrDefault();
        await transaction.CommitAsync(CancellationToken.None);
        return claimed;
    }

    /// <summary>A sign of life with what is done so far; false where the run is no longer this holder's or is to end.</summary>
    public async Task<bool> Beat(long id, string holder, double progress, double? secondsLeft, CancellationToken stop)
    {
        await using var command = source.CreateCommand("UPDATE backtest_runs SET held_until = $3, progress = $4, seconds_left = $5 WHERE id = $1 AND holder = $2 AND status = 'running' AND NOT is_cancelled");
        Fill(command, id, holder, clock.GetUtcNow() + Lease, Math.Clamp(progress, 0, 1), Number(secondsLeft));
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>Keeps the result and counts the tries in one transaction; null, and nothing kept, where the run is no longer this holder's. The report is made of whether it counted as new.</summary>
    public async Task<bool> Finish(StoredRun run, string holder, RunOutcome outcome, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var end = Command(
            connection,
            """
            UPDATE backtest_runs
            SET status = 'done', completed_at = $3, progress = 1, seconds_left = NULL, holder = NULL, held_until = NULL, fingerprint = $4, same_as = $5, summary = $6::jsonb
            WHERE id = $1 AND holder = $2 AND status = 'running' AND NOT is_cancelled
            """,
            run.Id, holder, clock.GetUtcNow(), outcome.Fingerprint, Text(outcome.SameAs), JsonSerializer.Serialize(outcome.Summary, ApiJson.Options)))
        {
            if (await end.ExecuteNonQueryAsync(stop) == 0)
            {
                return false;
            }
        }
        await trials.Count(connection, run.UserId, TrialBook.MarketOf(run.Order.Provenance), outcome.TrialFingerprint, outcome.Tried, stop);
        await using (var keep = Command(
            connection,
            "INSERT INTO backtest_results (run, report, trades, curve, trials) VALUES ($1, $2, $3, $4, $5)",
            run.Id, outcome.Report, Bytes(outcome.Trades), Bytes(outcome.Curve), Bytes(outcome.Trials)))
        {
            await keep.ExecuteNonQueryAsync(stop);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Ends a run without a result.</summary>
    public async Task End(long id, string holder, RunStatus status, string? code, string? fault, CancellationToken stop)
    {
        await using var command = source.CreateCommand("UPDATE backtest_runs SET status = $3, completed_at = $4, holder = NULL, held_until = NULL, seconds_left = NULL, fault_code = $5, fault = $6 WHERE id = $1 AND holder = $2 AND status = 'running'");
        Fill(command, id, holder, Word(status), clock.GetUtcNow(), Text(code), Text(fault));
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Puts a run back that this node cannot end because it stops; the attempt does not count.</summary>
    public async Task PutBack(long id, string holder, CancellationToken stop)
    {
        await using var command = source.CreateCommand("UPDATE backtest_runs SET status = 'queued', holder = NULL, held_until = NULL, progress = 0, seconds_left = NULL, attempts = attempts - 1 WHERE id = $1 AND holder = $2 AND status = 'running'");
        Fill(command, id, holder);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Ends a waiting run at once; one under way is told to end.</summary>
    public async Task Cancel(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE backtest_runs
            SET is_cancelled = true,
                status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,
                completed_at = CASE WHEN status = 'queued' THEN $2 ELSE completed_at END
            WHERE id = $1 AND status IN ('queued', 'running')
            """);
        Fill(command, id, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(stop);
    }

    public async Task Rename(long id, string? title, string? note, CancellationToken stop)
    {
        await using var command = source.CreateCommand("UPDATE backtest_runs SET title = CASE WHEN $2::text IS NULL THEN title ELSE nullif($2, '') END, note = CASE WHEN $3::text IS NULL THEN note ELSE nullif($3, '') END WHERE id = $1");
        Fill(command, id, Text(title), Text(note));
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Deletes a run that is not under way; answers whether it did.</summary>
    public async Task<bool> Delete(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM backtest_runs WHERE id = $1 AND status <> 'running'");
        Fill(command, id);
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>One of the packed parts of a result; null where there is none.</summary>
    public async Task<byte[]?> Part(long id, ResultPart part, CancellationToken stop)
    {
        var column = part switch { ResultPart.Report => "report", ResultPart.Trades => "trades", ResultPart.Curve => "curve", _ => "trials" };
        await using var command = source.CreateCommand($"SELECT {column} FROM backtest_results WHERE run = $1");
        Fill(command, id);
        return await command.ExecuteScalarAsync(stop) as byte[];
    }

    async Task<StoredRun?> One(string sql, CancellationToken stop, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        Fill(command, values);
        return (await Read(command, stop)).FirstOrDefault();
    }

    static async Task<List<StoredRun>> Read(NpgsqlCommand command, CancellationToken stop)
    {
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<StoredRun>();
        while (await rows.ReadAsync(stop))
        {
            found.Add(new StoredRun
            {
                Id = rows.GetInt64(0),
                UserId = rows.GetInt64(1),
                Code = rows.GetString(2),
                Kind = Enum.Parse<RunKind>(rows.GetString(3), ignoreCase: true),
                Status = Enum.Parse<RunStatus>(rows.GetString(4), ignoreCase: true),
                Order = JsonSerializer.Deserialize<RunOrder>(rows.GetString(5), ApiJson.Options)!,
                Title = Text(rows, 6),
                Note = Text(rows, 7),
                CreatedAt = rows.GetFieldValue<DateTimeOffset>(8),
                StartedAt = Time(rows, 9),
                CompletedAt = Time(rows, 10),
                Attempts = rows.GetInt32(11),
                Progress = rows.GetDouble(12),
                SecondsLeft = rows.IsDBNull(13) ? null : rows.GetDouble(13),
                FaultCode = Text(rows, 14),
                Fault = Text(rows, 15),
                Fingerprint = Text(rows, 16),
                SameAs = Text(rows, 17),
                Summary = rows.IsDBNull(18) ? null : JsonSerializer.Deserialize<RunSummaryFigures>(rows.GetString(18), ApiJson.Options),
            });
        }
        return found;
    }

    static string? Text(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    internal static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..];
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Number(double? value) => new() { Value = Sql.Value(value), NpgsqlDbType = NpgsqlDbType.Double };

    static NpgsqlParameter Bytes(byte[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

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

/// <summary>The packed parts of a result.</summary>
public enum ResultPart
{
    Report,
    Trades,
    Curve,
    Trials,
}
