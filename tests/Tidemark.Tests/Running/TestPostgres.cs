using System.Globalization;
using Npgsql;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

[assembly: AssemblyFixture(typeof(Tidemark.Running.TestPostgres))]

namespace Tidemark.Running;

/// <summary>One real PostgreSQL for the run; every test class gets a database of its own, cloned from a migrated template.</summary>
public sealed class TestPostgres : IAsyncLifetime
{
    const string Template = "template_migrated";
    readonly string _folder = Directory.CreateTempSubdirectory("tidemark-tests-").FullName;
    readonly SemaphoreSlim _turn = new(1);
    PrivatePostgres? _server;
    int _made;

    public async ValueTask InitializeAsync()
    {
        _server = await PrivatePostgres.Open(_folder, SettingsSource.FindHome(), TimeProvider.System, CancellationToken.None, "fsync=off", "max_connections=300");
        await using var source = await MakeEmpty(Template);
        await new Migrator(source, Migration.All, TimeProvider.System).Apply(CancellationToken.None);
    }

    /// <summary>The connection string of a fresh database with the current schema.</summary>
    public Task<string> Clone() => Make($"TEMPLATE {Template}");

    /// <summary>The connection string of a fresh database with nothing in it.</summary>
    public Task<string> Empty() => Make("");

    async Task<string> Make(string from)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _made)}");
        await _turn.WaitAsync();
        try
        {
            await Execute($"CREATE DATABASE {name} {from}");
        }
        finally
        {
            _turn.Release();
        }
        return _server!.ConnectionString(name);
    }

    async Task<NpgsqlDataSource> MakeEmpty(string name)
    {
        await Execute($"CREATE DATABASE {name}");
        return NpgsqlDataSource.Create(_server!.ConnectionString(name) + ";Pooling=false");
    }

    async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(_server!.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _turn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
