using System.Collections.Concurrent;
using Npgsql;

namespace Tidemark.Accounts.Keys;

/// <summary>Notes which keys were used, and writes it down every few seconds: a use must not cost its request a flush to disk.</summary>
public sealed class ApiKeyUse(NpgsqlDataSource source, TimeProvider clock, ILogger<ApiKeyUse> log) : BackgroundService
{
    const int MostKeys = 100_000;
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    readonly ConcurrentDictionary<long, (long Uses, DateTimeOffset At, string Address)> _uses = new();

    public void Note(long key, string address)
    {
        if (_uses.Count < MostKeys)
        {
            _uses.AddOrUpdate(key, _ => (1, clock.GetUtcNow(), address), (_, so) => (so.Uses + 1, clock.GetUtcNow(), address));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Write();
            }
        }
        catch (OperationCanceledException)
        {
            await Write();
        }
    }

    internal async Task Write()
    {
        foreach (var key in _uses.Keys)
        {
            if (!_uses.TryRemove(key, out var use))
            {
                continue;
            }
            try
            {
                await using var command = source.CreateCommand("UPDATE api_keys SET uses = uses + $2, last_used_at = greatest(last_used_at, $3), last_address = $4 WHERE id = $1");
                command.Parameters.Add(new() { Value = key });
                command.Parameters.Add(new() { Value = use.Uses });
                command.Parameters.Add(new() { Value = use.At });
                command.Parameters.Add(new() { Value = use.Address });
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning("The use of a key was not written down: {Reason}", unreachable.Message);
            }
        }
    }
}
