using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Tidemark.Platform.Api;

namespace Tidemark.Accounts.Sessions;

/// <summary>The P-256 keys access tokens are signed with: in the database, encrypted, a new one every ninety days.</summary>
public sealed class SigningKeys(NpgsqlDataSource source, IDataProtectionProvider protection, IdSource ids, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Signs = TimeSpan.FromDays(90), Counts = TimeSpan.FromDays(91);
    readonly IDataProtector _protector = protection.CreateProtector("signing keys");
    readonly ConcurrentDictionary<string, SigningKey> _known = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _turn = new(1);
    DateTimeOffset _lookedAt;

    public sealed record SigningKey(string Id, ECDsa Key, DateTimeOffset CreatedAt);

    public async Task<SigningKey> Current(CancellationToken stop)
    {
        if (Newest() is { } known)
        {
            return known;
        }
        await _turn.WaitAsync(stop);
        try
        {
            await Load(stop);
            return Newest() ?? await Make(stop);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The key of that id while it counts. A stranger's id costs a look at the database once in five seconds at most.</summary>
    public async Task<ECDsa?> Find(string id, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (!_known.ContainsKey(id) && id.Length <= 64 && now - _lookedAt > TimeSpan.FromSeconds(5))
        {
            await _turn.WaitAsync(stop);
            try
            {
                await Load(stop);
            }
            finally
            {
                _turn.Release();
            }
        }
        return _known.TryGetValue(id, out var key) && now - key.CreatedAt < Counts ? key.Key : null;
    }

    SigningKey? Newest()
    {
        var since = clock.GetUtcNow() - Signs;
        return _known.Values.Where(key => key.CreatedAt > since).MaxBy(key => key.CreatedAt);
    }

    async Task Load(CancellationToken stop)
    {
        _lookedAt = clock.GetUtcNow();
        await using var command = source.CreateCommand("SELECT id, private_key, created_at FROM signing_keys WHERE created_at > $1");
        command.Parameters.Add(new() { Value = _lookedAt - Counts });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (id, text, at) = (rows.GetString(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2));
            if (!_known.ContainsKey(id))
            {
                var key = ECDsa.Create();
                key.ImportPkcs8PrivateKey(Convert.FromBase64String(_protector.Unprotect(text)), out _);
                _known[id] = new SigningKey(id, key, at);
            }
        }
    }

    async Task<SigningKey> Make(CancellationToken stop)
    {
        var key = new SigningKey(ids.Next(), ECDsa.Create(ECCurve.NamedCurves.nistP256), clock.GetUtcNow());
        await using var command = source.CreateCommand("INSERT INTO signing_keys (id, private_key, created_at) VALUES ($1, $2, $3)");
        command.Parameters.Add(new() { Value = key.Id });
        command.Parameters.Add(new() { Value = _protector.Protect(Convert.ToBase64String(key.Key.ExportPkcs8PrivateKey())) });
        command.Parameters.Add(new() { Value = key.CreatedAt });
        await command.ExecuteNonQueryAsync(stop);
        _known[key.Id] = key;
        return key;
    }

    public void Dispose()
    {
        _turn.Dispose();
        foreach (var key in _known.Values)
        {
            key.Key.Dispose();
        }
    }
}
