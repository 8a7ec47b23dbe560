using Npgsql;
using Tidemark.Access;
using Tidemark.Accounts.Keys;
using Tidemark.Platform.Api;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Sessions;

/// <summary>
/// Reads the credential of a request: an access token, an API key, or the browser's cookie, in this order; one that is
/// shown and wrong is refused and never falls back to the next. Sessions and keys are looked up in the database on every
/// request, so that what was revoked is refused from the next request on, on every node.
/// </summary>
public sealed class Credentials(NpgsqlDataSource source, AccessTokens tokens, SessionCookie cookie, TokenHashes hashes, ApiKeyUse uses, TidemarkSettings settings, TimeProvider clock) : ICredentials
{
    /// <summary>Set by the app on what it asks by itself; such requests keep no session alive.</summary>
    public const string BackgroundHeader = "X-Background";
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(30);

    static readonly Dictionary<Plan, RateBucket> PlanBuckets = new()
    {
        [Plan.Free] = new("free", 1_000, TimeSpan.FromMinutes(15)),
        [Plan.Pro] = new("pro", 3_000, TimeSpan.FromMinutes(15)),
        [Plan.Premium] = new("premium", 10_000, TimeSpan.FromMinutes(15)),
    };

    static readonly RateBucket AdminBucket = new("admin", 100_000, TimeSpan.FromMinutes(15));

    public async ValueTask<Caller> Identify(HttpContext http, Caller stranger)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IgnoresCredential>() is not null)
        {
            return stranger;
        }
        var stop = http.RequestAborted;
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            return authorization.Split(' ', 2) is [var scheme, var token] && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                ? await ByToken(http, stranger, token.Trim(), stop)
                : Refuse(stranger, "Authorization must be Bearer and an access token.");
        }
        if (http.Request.Headers["X-API-Key"].ToString() is { Length: > 0 } key)
        {
            return await ByKey(http, stranger, key, isInQuery: false, stop);
        }
        if (http.Request.Query["api_key"].ToString() is { Length: > 0 } shown)
        {
            return await ByKey(http, stranger, shown, isInQuery: true, stop);
        }
        return cookie.Session(http) is { Length: > 0 } session ? await ByCookie(http, stranger, session, stop) : stranger;
    }

    async Task<Caller> ByToken(HttpContext http, Caller stranger, string token, CancellationToken stop)
    {
        // A key is accepted where a token is: many clients know this header only.
        if (token.StartsWith(ApiKeyBook.Start, StringComparison.Ordinal))
        {
            return await ByKey(http, stranger, token, isInQuery: false, stop);
        }
        return await tokens.Read(token, stop) is { } claims && long.TryParse(claims.Session, out var id)
            && await Look(stranger, Credential.Token, "s.id = $1", id, stop) is { } caller && $"{caller.Id}" == claims.Subject
            ? await Seen(http, caller with { Until = DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt) }, stop)
            : Refuse(stranger, "The access token is wrong, has expired, or its session has ended.");
    }

    async Task<Caller> ByCookie(HttpContext http, Caller stranger, string token, CancellationToken stop)
    {
        if (await Look(stranger, Credential.Session, "s.token_hash = $1", hashes.Hash("session", token), stop) is not { } caller)
        {
            cookie.Clear(http);
            return stranger;
        }
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method) && !cookie.IsFromOurPage(http, token))
        {
            // Where anybody may call, the cookie simply does not count.
            return http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() == Caller.Anyone ? stranger : stranger with { Refused = new(ErrorCode.CsrfRefused) };
        }
        return await Seen(http, caller, stop);
    }

    async Task<Caller> ByKey(HttpContext http, Caller stranger, string key, bool isInQuery, CancellationToken stop)
    {
        if (isInQuery)
        {
            http.Response.Headers.Warning = "299 tidemark \"A key in an address ends up in logs and histories; send it as X-API-Key\"";
            if (!settings.IsOn("API_KEY_IN_QUERY") || !HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Name.StartsWith("read:", StringComparison.Ordinal) != true)
            {
                return Refuse(stranger, "A key in the address only reads what has a read scope, where the operator allows it; send it as X-API-Key.");
            }
        }
        if (await LookKey(stranger, "k.hash = $1", hashes.Hash("api key", key), stop) is not { } found)
        {
            return Refuse(stranger, "The API key is wrong, has expired or was revoked.");
        }
        if (!Networks.Admits(found.Allowed, found.Denied, http.Connection.RemoteIpAddress))
        {
            return stranger with { Refused = new(ErrorCode.AddressRefused) };
        }
        if (Entitlements.ApiAccess.Explain(found.Caller.Plan, found.Caller.Role) is { Allowed: false } why)
        {
            return stranger with { Refused = why.Refusal() };
        }
        uses.Note(found.Caller.ApiKeyId!.Value, stranger.Address);
        return found.Caller;
    }

    static Caller Refuse(Caller stranger, string why) => stranger with { Refused = new TidemarkException(ErrorCode.CredentialRefused, why) };

    /// <summary>What a connection that has been open for a while is now worth; null when its credential has ended.</summary>
    public async Task<Caller?> LookAgain(Caller caller, CancellationToken stop)
    {
        if (caller.Until <= clock.GetUtcNow())
        {
            return null;
        }
        var stranger = new Caller(null, false, caller.Address);
        if (caller.ApiKeyId is { } key)
        {
            return await LookKey(stranger, "k.id = $1", key, stop) is { } found && Entitlements.ApiAccess.Explain(found.Caller.Plan, found.Caller.Role).Allowed ? found.Caller : null;
        }
        return caller.SessionId is { } session && await Look(stranger, caller.Credential, "s.id = $1", session, stop) is { } now ? now with { Until = caller.Until } : null;
    }

    async Task<Caller?> Look(Caller stranger, Credential credential, string which, object value, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT s.id, s.user_id, s.confirmed_at, s.second_factor, u.role, u.plan
            FROM sessions s
            JOIN users u ON u.id = s.user_id
            WHERE {which}
              AND s.kind = $2
              AND s.revoked_at IS NULL
              AND s.expires_at > $3
              AND s.last_seen_at + make_interval(secs => s.idle_seconds) > $3
              AND u.locked_at IS NULL
              AND u.email_verified_at IS NOT NULL
            """);
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = credential == Credential.Session ? "WEB" : "API" });
        command.Parameters.Add(new() { Value = now });
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop))
        {
            return null;
        }
        var confirmedAt = row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2);
        var hasSecondFactor = row.GetBoolean(3);
        var caller = With(stranger, row.GetInt64(1), row.GetString(4), row.GetString(5), hasSecondFactor || !settings.AdminNeedsSecondFactor);
        return caller with { Credential = credential, SessionId = row.GetInt64(0), IsFresh = confirmedAt is { } at && now - at < Fresh };
    }

    sealed record FoundKey(Caller Caller, string[] Allowed, string[] Denied);

    async Task<FoundKey?> LookKey(Caller stranger, string which, object value, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT k.id, k.user_id, k.scopes, k.per_minute, k.per_hour, k.per_day, k.allowed, k.denied, u.role, u.plan, k.expires_at,
                   u.totp_enabled_at IS NOT NULL OR EXISTS (SELECT FROM passkeys p WHERE p.user_id = u.id)
            FROM api_keys k
            JOIN users u ON u.id = k.user_id
            WHERE {which}
              AND k.revoked_at IS NULL
              AND (k.expires_at IS NULL OR k.expires_at > $2)
              AND u.locked_at IS NULL
              AND u.email_verified_at IS NOT NULL
            """);
        command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop))
        {
            return null;
        }
        var caller = With(stranger, row.GetInt64(1), row.GetString(8), row.GetString(9), isAdminProven: row.GetBoolean(11) || !settings.AdminNeedsSecondFactor) with
        {
            Credential = Credential.ApiKey,
            ApiKeyId = row.GetInt64(0),
            Until = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
            Buckets =
            [
                new("key day", row.GetInt32(5), TimeSpan.FromDays(1)),
                new("key hour", row.GetInt32(4), TimeSpan.FromHours(1)),
                new("key minute", row.GetInt32(3), TimeSpan.FromMinutes(1)),
            ],
        };
        // A scope that came with a role goes with it, and with the second factor that role needs.
        var scopes = row.GetFieldValue<string[]>(2).Where(scope => Scopes.MayGive(caller, scope)).ToHashSet(StringComparer.Ordinal);
        return new FoundKey(caller with { Scopes = scopes }, row.GetFieldValue<string[]>(6), row.GetFieldValue<string[]>(7));
    }

    static Caller With(Caller stranger, long user, string roleName, string planName, bool isAdminProven)
    {
        var (role, plan) = (Enum.Parse<Role>(roleName, true), Enum.Parse<Plan>(planName, true));
        var isAdmin = role == Role.Admin;
        return stranger with
        {
            Id = user,
            IsOperator = isAdmin && isAdminProven,
            LacksSecondFactor = isAdmin && !isAdminProven,
            Role = role,
            Plan = plan,
            Buckets = [isAdmin && isAdminProven ? AdminBucket : PlanBuckets[plan]],
        };
    }

    /// <summary>The person did something. Noted at most twice a minute.</summary>
    async Task<Caller> Seen(HttpContext http, Caller caller, CancellationToken stop)
    {
        if (http.Request.Headers.ContainsKey(BackgroundHeader) || http.WebSockets.IsWebSocketRequest)
        {
            return caller;
        }
        await using var command = source.CreateCommand(
            """
            WITH seen AS (UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $3 RETURNING user_id)
            UPDATE users SET last_seen_at = $2 FROM seen WHERE users.id = seen.user_id
            """);
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = caller.SessionId!.Value });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - SeenEvery });
        await command.ExecuteNonQueryAsync(stop);
        return caller;
    }
}
