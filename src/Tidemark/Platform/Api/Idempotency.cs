using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Api;

/// <summary>
/// An unsafe request with an Idempotency-Key has its effect once: the answer is stored in the transaction of the effect,
/// so that whoever repeats the request after a cut line, or after our crash, gets the first answer again.
/// Only what succeeded is kept; a refused request may be mended and sent again under its key.
/// Addresses that handle secrets are left out: neither a password's fingerprint nor an answered token belongs in a table.
/// </summary>
sealed class Idempotency(RequestDelegate next, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    public static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    public async Task InvokeAsync(HttpContext http, TidemarkDb db)
    {
        if (!ApiPaths.IsApi(http.Request.Path) || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<HandlesSecrets>() is not null || IsSafe(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var given))
        {
            await next(http);
            return;
        }
        var key = given.ToString();
        if (given.Count != 1 || key.Length is < 8 or > 200 || key.Any(letter => letter is < '!' or > '~'))
        {
            throw new TidemarkException(ErrorCode.InvalidIdempotencyKey);
        }
        var caller = Caller.Of(http).Key;
        var hash = await Fingerprint(http.Request, http.RequestAborted);
        await using var effect = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (!await Claim(effect, $"{caller}\n{key}", http.RequestAborted))
        {
            throw new TidemarkException(ErrorCode.RequestInFlight);
        }
        if (await Find(effect, caller, key, http.RequestAborted) is { } earlier)
        {
            await Replay(http, earlier, hash);
            return;
        }
        await RunOnce(http, effect, caller, key, hash);
    }

    async Task RunOnce(HttpContext http, IDbContextTransaction effect, string caller, string key, byte[] hash)
    {
        var outside = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Response.Body = outside;
        }
        if (http.Response.StatusCode < 400)
        {
            await Store(effect, caller, key, hash, http.Response, answer.ToArray());
            await effect.CommitAsync(CancellationToken.None);
        }
        await outside.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    static async Task Replay(HttpContext http, Stored earlier, byte[] hash)
    {
        if (!hash.AsSpan().SequenceEqual(earlier.Hash))
        {
            throw new TidemarkException(ErrorCode.IdempotencyKeyReused);
        }
        http.Response.StatusCode = earlier.Status;
        http.Response.ContentType = earlier.ContentType;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
    }

    sealed record Stored(byte[] Hash, int Status, string? ContentType, byte[] Body);

    static async Task<bool> Claim(IDbContextTransaction effect, string name, CancellationToken stop)
    {
        await using var command = Command(effect, "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", name);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    static async Task<Stored?> Find(IDbContextTransaction effect, string caller, string key, CancellationToken stop)
    {
        await using var command = Command(
            effect,
            """
            SELECT request_hash, status, content_type, body
            FROM idempotency_keys
            WHERE caller = $1 AND key = $2
            """,
            caller, key);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? new Stored(rows.GetFieldValue<byte[]>(0), rows.GetInt16(1), await rows.IsDBNullAsync(2, stop) ? null : rows.GetString(2), rows.GetFieldValue<byte[]>(3))
            : null;
    }

    async Task Store(IDbContextTransaction effect, string caller, string key, byte[] hash, HttpResponse response, byte[] body)
    {
        await using var command = Command(
            effect,
            """
            INSERT INTO idempotency_keys (caller, key, request_hash, status, content_type, body, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            caller, key, hash, (short)response.StatusCode, (object?)response.ContentType ?? DBNull.Value, body, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    static NpgsqlCommand Command(IDbContextTransaction effect, string sql, params ReadOnlySpan<object> values)
    {
        var transaction = (NpgsqlTransaction)effect.GetDbTransaction();
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return command;
    }

    static async Task<byte[]> Fingerprint(HttpRequest request, CancellationToken stop)
    {
        // In memory, which the limit on bodies allows, and not in a file outside the data folder.
        var body = new MemoryStream();
        request.HttpContext.Response.RegisterForDispose(body);
        await request.Body.CopyToAsync(body, stop);
        body.Position = 0;
        request.Body = body;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
