using Npgsql;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Database;

/// <summary>The PostgreSQL server and database in use: a configured one, or the private one in the data folder.</summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    const string PrivateName = "tidemark", PrivateRole = "tidemark";
    const int MostPrivateConnections = 100;

    /// <summary>A year of minutes is 45 MB on the wire: small reads would make of it thousands of calls.</summary>
    internal const int ReadBufferSize = 1 << 16;

    /// <summary>How this process's sessions are called in PostgreSQL.</summary>
    internal static readonly string SessionName = $"tidemark {Environment.ProcessId}";

    readonly PrivatePostgres? _private;

    readonly NpgsqlConnectionStringBuilder _address;

    DatabaseServer(NpgsqlConnectionStringBuilder address, PrivatePostgres? owned)
    {
        _address = address;
        _private = owned;
        // Metrics and traces call the pool by its name; without one they would show the connection string.
        Source = new NpgsqlDataSourceBuilder(address.ConnectionString) { Name = "tidemark" }.Build();
    }

    /// <summary>For verbs that describe the program and never query.</summary>
    public static DatabaseServer NotConnected() => new(new() { Host = "localhost", Database = "none" }, owned: null);

    public NpgsqlDataSource Source { get; }
    public bool IsPrivate => _private is not null;
    public string Name => _address.Database!;

    /// <summary>The private server, where one is used.</summary>
    internal PrivatePostgres? Private => _private;

    /// <summary>What a person reads; never a password.</summary>
    public string Description => _private is null
        ? $"PostgreSQL at {_address.Host}:{_address.Port}, database {Name}"
        : $"private PostgreSQL on {_private.SocketFolder}{(_private.WasRunning ? ", found running" : "")}";

    public static async Task<DatabaseServer> Open(TidemarkSettings settings, TimeProvider clock, CancellationToken stop)
    {
        if (DatabaseAddress.From(settings) is { } configured)
        {
            return new DatabaseServer(configured, owned: null);
        }
        var server = await PrivatePostgres.Open(settings.DataFolder, settings.Home, clock, stop);
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString(PrivateName, PrivateRole))
        {
            MaxPoolSize = Math.Min(settings.Number("DB_POOL"), MostPrivateConnections),
            ApplicationName = SessionName,
            ReadBufferSize = ReadBufferSize,
        };
        var database = new DatabaseServer(address, server);
        try
        {
            await database.Create(stop);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
        return database;
    }

    /// <summary>Makes the database when it is missing; true when it was.</summary>
    public async Task<bool> Create(CancellationToken stop)
    {
        await using var maintenance = await OpenMaintenance(stop);
        if (IsPrivate)
        {
            // The program owns its database and is no superuser: whatever slips through a query stays inside.
            await Execute(maintenance, $"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{PrivateRole}') THEN CREATE ROLE {PrivateRole} LOGIN; END IF; END $$", stop);
        }
        await using var exists = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", maintenance) { Parameters = { new() { Value = Name } } };
        if ((long)(await exists.ExecuteScalarAsync(stop))! > 0)
        {
            return false;
        }
        try
        {
            await Execute(maintenance, $"CREATE DATABASE {Quote(Name)}{(IsPrivate ? $" OWNER {PrivateRole}" : "")}", stop);
            return true;
        }
        catch (Npgsql.PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Removes the database and everything in it; refuses while another Tidemark works in it.</summary>
    public async Task Drop(CancellationToken stop)
    {
        Source.Clear();
        await using var maintenance = await OpenMaintenance(stop);
        await using var others = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND application_name LIKE 'tidemark%' AND application_name <> $2", maintenance)
        {
            Parameters = { new() { Value = Name }, new() { Value = SessionName } },
        };
        if ((long)(await others.ExecuteScalarAsync(stop))! > 0)
        {
            throw new PostgresException($"Another Tidemark works in the database {Name}. Stop it first; nothing was deleted.");
        }
        await Execute(maintenance, $"DROP DATABASE IF EXISTS {Quote(Name)} WITH (FORCE)", stop);
    }

    async Task<NpgsqlConnection> OpenMaintenance(CancellationToken stop)
    {
        var address = _private is null
            ? new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Database = "postgres" }
            : new NpgsqlConnectionStringBuilder(_private.ConnectionString("postgres"));
        (address.Pooling, address.ApplicationName) = (false, SessionName);
        var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (_private is not null)
        {
            await _private.DisposeAsync();
        }
    }
}
