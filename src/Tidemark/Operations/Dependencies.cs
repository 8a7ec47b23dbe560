using Npgsql;
using Tidemark.Platform.Database;
using Tidemark.Platform.Observability;

namespace Tidemark.Operations;

/// <summary>How well something the program needs is doing.</summary>
public enum DependencyState
{
    Up,
    Down,
}

public sealed record Dependency(string Name, DependencyState Status, string Detail, DateTimeOffset CheckedAt, double? LatencyMs);

/// <summary>Looks whether what the program needs is there; asked often, it looks at most once a second.</summary>
public sealed class Dependencies(DatabaseServer database, NpgsqlDataSource source, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(3);
    readonly SemaphoreSlim _turn = new(1);
    IReadOnlyList<Dependency> _last = [];
    long _lookedAt;

    public async Task<IReadOnlyList<Dependency>> Check(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (_last.Count > 0 && clock.GetElapsedTime(_lookedAt) < Fresh)
            {
                Telemetry.CacheLookups.Add(1, new("cache", "dependencies"), new("outcome", "hit"));
                return _last;
            }
            Telemetry.CacheLookups.Add(1, new("cache", "dependencies"), new("outcome", "miss"));
            _last = [await CheckDatabase(stop)];
            _lookedAt = clock.GetTimestamp();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task<Dependency> CheckDatabase(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var began = clock.GetTimestamp();
        try
        {
            await using var command = source.CreateCommand("SELECT current_setting('server_version'), count(*) FROM schema_migrations");
            await using var row = await command.ExecuteReaderAsync(patience.Token);
            await row.ReadAsync(patience.Token);
            var detail = $"PostgreSQL {row.GetString(0).Split(' ')[0]}, {(database.IsPrivate ? "private" : "configured")}, schema version {row.GetInt64(1)}";
            return new Dependency("database", DependencyState.Up, detail, clock.GetUtcNow(), Math.Round(clock.GetElapsedTime(began).TotalMilliseconds, 2));
        }
        catch (NpgsqlException fault)
        {
            return new Dependency("database", DependencyState.Down, fault.IsTransient ? "It does not answer." : "It refuses the connection.", clock.GetUtcNow(), null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Dependency("database", DependencyState.Down, $"No answer in {Patience.TotalSeconds:0} s.", clock.GetUtcNow(), null);
        }
    }

    public void Dispose() => _turn.Dispose();
}
