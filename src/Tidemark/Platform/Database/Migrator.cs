using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>Brings a database to the program's schema: in order, one at a time on any number of nodes, forward only.</summary>
public sealed class Migrator(NpgsqlDataSource source, IReadOnlyList<Migration> migrations, TimeProvider clock)
{
    const long TurnKey = 0x7469_6465_6d61_726b; // "tidemark"

    public sealed record Applied(int Number, string Name, string Checksum, DateTimeOffset AppliedAt);

    /// <summary>Applies what is missing and answers what it applied.</summary>
    public async Task<IReadOnlyList<Migration>> Apply(CancellationToken stop, Action<Migration>? report = null, Action? waiting = null)
    {
        if (Missing(await History(stop)).Count == 0)
        {
            return [];
        }
        await using var connection = await source.OpenConnectionAsync(stop);
        await TakeTurn(connection, waiting, stop);
        try
        {
            await Execute(connection, CreateHistory, stop);
            var missing = Missing(await History(stop));
            foreach (var migration in missing)
            {
                report?.Invoke(migration);
                await ApplyOne(connection, migration, stop);
            }
            return missing;
        }
        finally
        {
            await Execute(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None, TurnKey);
        }
    }

    static async Task TakeTurn(NpgsqlConnection connection, Action? waiting, CancellationToken stop)
    {
        await using var tryTurn = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = TurnKey } } };
        if (!(bool)(await tryTurn.ExecuteScalarAsync(stop))!)
        {
            waiting?.Invoke();
            await Execute(connection, "SELECT pg_advisory_lock($1)", stop, TurnKey);
        }
    }

    public async Task<IReadOnlyList<Applied>> History(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(stop))!)
        {
            return [];
        }
        await using var select = new NpgsqlCommand("SELECT number, name, checksum, applied_at FROM schema_migrations ORDER BY number", connection);
        await using var rows = await select.ExecuteReaderAsync(stop);
        var history = new List<Applied>();
        while (await rows.ReadAsync(stop))
        {
            history.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3)));
        }
        return history;
    }

    /// <summary>What a database with this history still needs; refuses a history that is not a beginning of ours.</summary>
    List<Migration> Missing(IReadOnlyList<Applied> history)
    {
        var ours = migrations.ToDictionary(migration => migration.Number);
        foreach (var applied in history)
        {
            if (ours.TryGetValue(applied.Number, out var migration) && migration.Checksum != applied.Checksum)
            {
                throw new MigrationException($"Migration {applied.Number:0000}_{applied.Name} was applied on {applied.AppliedAt:u} with another content than this program carries. Migrations are never changed once applied; use the program version that belongs to this database.");
            }
        }
        var newest = history.Count > 0 ? history[^1].Number : 0;
        var missing = migrations.Where(migration => history.All(applied => applied.Number != migration.Number)).ToList();
        return missing.Find(migration => migration.Number < newest) is { } skipped
            ? throw new MigrationException($"Migration {skipped.Number:0000}_{skipped.Name} was never applied although later ones were.")
            : missing;
    }

    async Task ApplyOne(NpgsqlConnection connection, Migration migration, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        try
        {
            // A migration may take its time, but not stand in everybody's way while it waits for a lock.
            await Execute(connection, "SET LOCAL lock_timeout = '30s'", stop);
            await Execute(connection, migration.Sql, stop);
        }
        catch (Npgsql.PostgresException fault)
        {
            throw new MigrationException($"Migration {migration.Number:0000}_{migration.Name} failed and was rolled back: {fault.MessageText}", fault);
        }
        await Execute(
            connection,
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
            stop, migration.Number, migration.Name, migration.Checksum, clock.GetUtcNow());
        await transaction.CommitAsync(stop);
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        await command.ExecuteNonQueryAsync(stop);
    }

    const string CreateHistory =
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number     integer     PRIMARY KEY,
            name       text        NOT NULL,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL
        )
        """;
}

/// <summary>The schema cannot be brought up to date; the message says why.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);
