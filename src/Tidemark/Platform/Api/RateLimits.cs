using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Api;

/// <summary>How much a caller may ask in one window.</summary>
public sealed record RateBucket(string Name, int Limit, TimeSpan Window);

/// <summary>What is left of a bucket after a request.</summary>
public sealed record RateStanding(RateBucket Bucket, bool Allowed, int Remaining, TimeSpan UntilReset);

/// <summary>
/// Counts requests per bucket and caller in fixed windows, in PostgreSQL, so that a limit holds over all nodes.
/// Who is over the limit is remembered here until the window ends and costs the database nothing.
/// </summary>
public sealed class RateLimits(NpgsqlDataSource source, TimeProvider clock)
{
    const int MostRemembered = 100_000;
    readonly ConcurrentDictionary<(string Bucket, string Subject), DateTimeOffset> _denied = new();

    DateTimeOffset _nextSweep;

    public async Task<RateStanding> Spend(RateBucket bucket, string subject, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var opened = new DateTimeOffset(now.Ticks - (now.Ticks % bucket.Window.Ticks), TimeSpan.Zero);
        var closes = opened + bucket.Window;
        if (_denied.TryGetValue((bucket.Name, subject), out var until) && until > now)
        {
            return new RateStanding(bucket, Allowed: false, Remaining: 0, until - now);
        }
        var used = await Count(bucket.Name, subject, opened, stop);
        if (used > bucket.Limit)
        {
            Remember((bucket.Name, subject), closes, now);
        }
        return new RateStanding(bucket, used <= bucket.Limit, Math.Max(0, bucket.Limit - used), closes - now);
    }

    async Task<int> Count(string bucket, string subject, DateTimeOffset opened, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO rate_windows AS kept (bucket, subject, opened_at, used)
            VALUES ($1, $2, $3, 1)
            ON CONFLICT (bucket, subject) DO UPDATE
            SET used = CASE WHEN kept.opened_at >= excluded.opened_at THEN kept.used + 1 ELSE 1 END,
                opened_at = GREATEST(kept.opened_at, excluded.opened_at)
            RETURNING used
            """);
        command.Parameters.Add(new() { Value = bucket });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = opened });
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    void Remember((string, string) who, DateTimeOffset until, DateTimeOffset now)
    {
        if (_denied.Count >= MostRemembered && now >= _nextSweep)
        {
            _nextSweep = now + TimeSpan.FromMinutes(1);
            foreach (var (old, ended) in _denied)
            {
                if (ended <= now)
                {
                    _denied.TryRemove(old, out _);
                }
            }
        }
        if (_denied.Count < MostRemembered)
        {
            _denied[who] = until;
        }
    }
}

/// <summary>Counts every API request against its caller's bucket and says in headers what is left.</summary>
sealed class RateGate(RequestDelegate next, RateLimits limits, TidemarkSettings settings, ILogger<RateGate> log)
{
    readonly RateBucket _anonymous = new("anonymous", settings.AnonymousRequestsPerWindow, TimeSpan.FromMinutes(15));
    readonly RateBucket _operator = new("operator", 100_000, TimeSpan.FromMinutes(15));

    public async Task InvokeAsync(HttpContext http)
    {
        if (!ApiPaths.IsApi(http.Request.Path) || http.GetEndpoint()?.Metadata.GetMetadata<Unmetered>() is not null)
        {
            await next(http);
            return;
        }
        foreach (var (bucket, subject) in Of(Caller.Of(http)))
        {
            if (await TrySpend(bucket, subject, http.RequestAborted) is not { } standing)
            {
                break;
            }
            Tell(http.Response, standing);
            if (!standing.Allowed)
            {
                throw new TidemarkException(
                    ErrorCode.RateLimited,
                    $"{bucket.Limit} requests in {InWords(bucket.Window)} are used up; the next is welcome in {Seconds(standing)} s.",
                    new Dictionary<string, object?> { ["limit"] = bucket.Limit, ["windowSeconds"] = (int)bucket.Window.TotalSeconds, ["retryAfterSeconds"] = Seconds(standing) });
            }
        }
        await next(http);
    }

    /// <summary>The buckets of a caller, the longest window first: what the headers tell is the shortest, which runs out first.</summary>
    IEnumerable<(RateBucket Bucket, string Subject)> Of(Caller caller) => caller switch
    {
        { Refused: null, Buckets.Count: > 0 } => caller.Buckets.Select(bucket => (bucket, caller.ApiKeyId is { } key ? $"key:{key}" : caller.Key)),
        { IsOperator: true } => [(_operator, caller.Key)],
        _ => [(_anonymous, caller.Key)],
    };

    static string InWords(TimeSpan window) => window switch
    {
        { TotalDays: >= 1 } => "a day",
        { TotalHours: 1 } => "an hour",
        { TotalMinutes: 1 } => "a minute",
        _ => $"{window.TotalMinutes:0} minutes",
    };

    async Task<RateStanding?> TrySpend(RateBucket bucket, string subject, CancellationToken stop)
    {
        try
        {
            return await limits.Spend(bucket, subject, stop);
        }
        catch (NpgsqlException unreachable)
        {
            // Without the database almost everything answers 503 by itself; what does not must stay reachable to say so.
            log.LogWarning("Requests are not counted while the database does not answer: {Reason}", unreachable.Message);
            return null;
        }
    }

    static void Tell(HttpResponse response, RateStanding standing)
    {
        response.Headers["RateLimit-Limit"] = standing.Bucket.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Remaining"] = standing.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Reset"] = Seconds(standing).ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Policy"] = $"{standing.Bucket.Limit};w={(int)standing.Bucket.Window.TotalSeconds};name=\"{standing.Bucket.Name}\"";
        if (!standing.Allowed)
        {
            response.Headers.RetryAfter = Seconds(standing).ToString(CultureInfo.InvariantCulture);
        }
    }

    static int Seconds(RateStanding standing) => Math.Max(1, (int)Math.Ceiling(standing.UntilReset.TotalSeconds));
}

/// <summary>Marks an address that is not counted: health, which monitors ask all day.</summary>
public sealed class Unmetered;
