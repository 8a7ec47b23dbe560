using Npgsql;

namespace Tidemark.Patterns.Eyes;

/// <summary>
/// One process at a time keeps the eyes: an eye that another process moved on would have to wake from its anchor at every candle.
/// The turn is a lock of a database session, so it passes on when its holder dies. That nothing is stored twice does not rest on it.
/// </summary>
public sealed class EyeTurn(NpgsqlDataSource source, ILogger<EyeTurn> log) : IAsyncDisposable
{
    const long Key = 0x7469_6465_6579_6573;

    readonly SemaphoreSlim _gate = new(1);
    NpgsqlConnection? _session;
    int _holders;

    /// <summary>Begins to keep the eyes, unless another process does; whoever began also ends it.</summary>
    public async Task<bool> Begin(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_session is null && !await Take(stop))
            {
                return false;
            }
            _holders++;
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task End()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (--_holders == 0)
            {
                await GiveBack();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether a turn that was begun is still this process's: the database may have ended the session, and another process begun its own.</summary>
    public async Task<bool> IsKept(CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_session is null || await IsAlive(_session, stop))
            {
                return _session is not null;
            }
            await _session.DisposeAsync();
            _session = null;
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    static async Task<bool> IsAlive(NpgsqlConnection session, CancellationToken stop)
    {
        try
        {
            await using var ask = new NpgsqlCommand("SELECT 1", session);
            await ask.ExecuteScalarAsync(stop);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    async Task<bool> Take(CancellationToken stop)
    {
        var session = await source.OpenConnectionAsync(stop);
        await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", session) { Parameters = { new() { Value = Key } } };
        try
        {
            _session = await take.ExecuteScalarAsync(stop) is true ? session : null;
        }
        finally
        {
            if (_session is null)
            {
                await session.DisposeAsync();
            }
        }
        return _session is not null;
    }

    /// <summary>The session goes back to the pool and lives on there, so its lock is let go by hand.</summary>
    async Task GiveBack()
    {
        if (_session is not { } session)
        {
            return;
        }
        _session = null;
        await using (session)
        {
            try
            {
                await using var letGo = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", session) { Parameters = { new() { Value = Key } } };
                await letGo.ExecuteScalarAsync(CancellationToken.None);
            }
            catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
            {
                log.LogDebug("The eyes' session was gone, and its lock with it: {Reason}", gone.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await GiveBack();
        _gate.Dispose();
    }
}
