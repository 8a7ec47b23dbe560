using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Settings;

namespace Tidemark.Notifications.Push;

/// <summary>The key this server shows push services (VAPID, RFC 8292): made once, kept encrypted, the same on every node.</summary>
sealed class PushKeys(NpgsqlDataSource source, IDataProtectionProvider protection, TidemarkSettings settings, TimeProvider clock) : IDisposable
{
    const int MostOrigins = 1_000;
    static readonly TimeSpan Counts = TimeSpan.FromHours(12), Renewed = TimeSpan.FromHours(6);
    readonly IDataProtector _protector = protection.CreateProtector("push keys");
    readonly SemaphoreSlim _turn = new(1);
    readonly ConcurrentDictionary<string, (string Token, DateTimeOffset At)> _tokens = new(StringComparer.Ordinal);
    (ECDsa Key, string Public)? _known;

    public async Task<string> PublicKey(CancellationToken stop) => (await Current(stop)).Public;

    /// <summary>The header that says who sends to a push service.</summary>
    public async Task<string> Authorize(Uri endpoint, CancellationToken stop)
    {
        var (key, name) = await Current(stop);
        var origin = endpoint.GetLeftPart(UriPartial.Authority);
        var now = clock.GetUtcNow();
        if (!_tokens.TryGetValue(origin, out var token) || now - token.At > Renewed || now < token.At)
        {
            if (_tokens.Count > MostOrigins)
            {
                _tokens.Clear();
            }
            _tokens[origin] = token = (Sign(key, origin, now), now);
        }
        return $"vapid t={token.Token}, k={name}";
    }

    string Sign(ECDsa key, string origin, DateTimeOffset now)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = origin, exp = (now + Counts).ToUnixTimeSeconds(), sub = settings["PUSH_CONTACT"] ?? settings.PublicUrl.AbsoluteUri }));
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    async Task<(ECDsa Key, string Public)> Current(CancellationToken stop)
    {
        if (_known is { } known)
        {
            return known;
        }
        await _turn.WaitAsync(stop);
        try
        {
            _known ??= await Read(stop);
            return _known.Value;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes one where there is none. Two nodes that begin together both read the one that was first.</summary>
    async Task<(ECDsa, string)> Read(CancellationToken stop)
    {
        using (var made = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            await using var insert = OutboxSql.Command(
                source,
                "INSERT INTO push_keys (public_key, sealed, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                Base64Url.EncodeToString(PushEncryption.Bytes(made.ExportParameters(false))), _protector.Protect(Convert.ToBase64String(made.ExportPkcs8PrivateKey())), clock.GetUtcNow());
            await insert.ExecuteNonQueryAsync(stop);
        }
        await using var select = OutboxSql.Command(source, "SELECT public_key, sealed FROM push_keys");
        await using var row = await select.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_protector.Unprotect(row.GetString(1))), out _);
        return (key, row.GetString(0));
    }

    public void Dispose()
    {
        _turn.Dispose();
        _known?.Key.Dispose();
    }
}
