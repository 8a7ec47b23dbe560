using System.Diagnostics.Metrics;
using Npgsql;
using Tidemark.Platform.Api;
using Tidemark.Platform.Observability;

namespace Tidemark.Accounts.SignIn;

/// <summary>Figures the guard goes by; a test may give its own.</summary>
public sealed record GuardLimits
{
    /// <summary>Wrong passwords an account takes before it makes callers wait.</summary>
    public int AccountTries { get; init; } = 5;

    /// <summary>Wrong passwords a network takes before it has to wait.</summary>
    public int NetworkTries { get; init; } = 25;

    /// <summary>Wrong passwords of all in a minute that count as an attack on everybody.</summary>
    public int StormTries { get; init; } = 300;

    /// <summary>How long a sign-in from an unknown browser waits during such an attack.</summary>
    public TimeSpan StormDelay { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>
/// Slows guessing down: by account, whether it exists or not, by network, and over all. The waits double with each failure.
/// A browser that has signed in to the account before has a count of its own, so that a stranger's guesses cannot lock its owner out.
/// Counts are written outside any transaction: a refused request still counts.
/// </summary>
public sealed class SignInGuard(NpgsqlDataSource source, GuardLimits limits, TimeProvider clock, ILogger<SignInGuard> log)
{
    static readonly TimeSpan Forgotten = TimeSpan.FromHours(24), StormWindow = TimeSpan.FromMinutes(1);
    static readonly Counter<long> Failures = Telemetry.Meter.CreateCounter<long>("tidemark.signin.failures", description: "Failed sign-ins.");
    static readonly Counter<long> Storms = Telemetry.Meter.CreateCounter<long>("tidemark.signin.storms", description: "Times so many sign-ins failed that all from unknown browsers were slowed.");

    /// <summary>What an attempt is counted under; under no account where nothing can be guessed of one. Its name is hashed: what strangers type is nobody's to keep.</summary>
    public sealed record Attempt(string? Account, string Network, bool IsKnownBrowser)
    {
        /// <summary>The wait after the first failure too many; each further one doubles it.</summary>
        public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);
    }

    public static Attempt On(string email, string network, long? device) =>
        device is { } known ? new($"device:{known}", network, true) : new($"account:{Fingerprint(email)}", network, false);

    /// <summary>
    /// Refuses an attempt that comes too early. An attempt counts before its password is looked at, so that many at once
    /// get no more guesses than one after another.
    /// </summary>
    public async Task Admit(Attempt attempt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (blocked, storm) = await Look(attempt, now, stop);
        if (blocked > now || (attempt.Account is { } account && !await Claim(account, limits.AccountTries, attempt.FirstWait, stop)))
        {
            var seconds = blocked is { } until ? Math.Max(1, (int)Math.Ceiling((until - now).TotalSeconds)) : 1;
            throw new TidemarkException(ErrorCode.TooManyAttempts, details: new Dictionary<string, object?> { [ErrorHandling.RetryAfter] = seconds });
        }
        if (storm > limits.StormTries && !attempt.IsKnownBrowser)
        {
            await Task.Delay(limits.StormDelay, clock, stop);
        }
    }

    async Task<(DateTimeOffset? BlockedUntil, int Storm)> Look(Attempt attempt, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT max(blocked_until) FILTER (WHERE subject = $1 OR (subject = $2 AND NOT $3)),
                   coalesce(max(failures) FILTER (WHERE subject = 'everybody' AND failed_at > $4), 0)
            FROM sign_in_failures
            WHERE subject IN ($1, $2, 'everybody')
            """);
        command.Parameters.Add(new() { Value = attempt.Account ?? "" });
        command.Parameters.Add(new() { Value = Of(attempt.Network) });
        command.Parameters.Add(new() { Value = attempt.IsKnownBrowser });
        command.Parameters.Add(new() { Value = now - StormWindow });
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return (row.IsDBNull(0) ? null : row.GetFieldValue<DateTimeOffset>(0), row.GetInt32(1));
    }

    public async Task Failed(Attempt attempt)
    {
        Failures.Add(1);
        await Claim(Of(attempt.Network), limits.NetworkTries, attempt.FirstWait, CancellationToken.None);
        await CountStorm();
    }

    /// <summary>The right password clears the account's count; the network's stays, or one account of his own would clear an attacker's.</summary>
    public Task Succeeded(Attempt attempt, CancellationToken stop) => attempt.Account is { } account ? Forget(account, stop) : Task.CompletedTask;

    public Task Forgive(string email, CancellationToken stop) => Forget($"account:{Fingerprint(email)}", stop);

    public Task ForgiveCodes(long user, CancellationToken stop) => Forget(CodesOf(user), stop);

    internal static string CodesOf(long user) => $"codes:{user}";

    /// <summary>Counts one more in a single step; false when the subject has to wait.</summary>
    async Task<bool> Claim(string subject, int free, TimeSpan firstWait, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(
            """
            INSERT INTO sign_in_failures AS kept (subject, failures, failed_at)
            VALUES ($1, 1, $2)
            ON CONFLICT (subject) DO UPDATE
            SET failures = CASE WHEN kept.failed_at < $3 THEN 1 ELSE kept.failures + 1 END,
                failed_at = $2,
                blocked_until = CASE
                    WHEN kept.failed_at < $3 OR kept.failures + 1 < $4 THEN NULL
                    ELSE $2 + least($5::interval, $6::interval * power(2, least(kept.failures + 1 - $4, 20)))
                END
            WHERE kept.blocked_until IS NULL OR kept.blocked_until <= $2
            RETURNING failures
            """);
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Forgotten });
        command.Parameters.Add(new() { Value = free });
        command.Parameters.Add(new() { Value = limits.LongestWait });
        command.Parameters.Add(new() { Value = firstWait });
        return await command.ExecuteScalarAsync(stop) is not null;
    }

    async Task CountStorm()
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(
            """
            INSERT INTO sign_in_failures AS kept (subject, failures, failed_at)
            VALUES ('everybody', 1, $1)
            ON CONFLICT (subject) DO UPDATE
            SET failures = CASE WHEN kept.failed_at < $2 THEN 1 ELSE kept.failures + 1 END,
                failed_at = CASE WHEN kept.failed_at < $2 THEN $1 ELSE kept.failed_at END
            RETURNING failures
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - StormWindow });
        if ((int)(await command.ExecuteScalarAsync(CancellationToken.None))! == limits.StormTries + 1)
        {
            Storms.Add(1);
            log.LogError("More than {Tries} sign-ins failed within a minute: sign-ins from unknown browsers are slowed down", limits.StormTries);
        }
    }

    async Task Forget(string subject, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM sign_in_failures WHERE subject = $1");
        command.Parameters.Add(new() { Value = subject });
        await command.ExecuteNonQueryAsync(stop);
    }

    static string Of(string network) => $"network:{network}";

    static string Fingerprint(string email) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(User.Normal(email))).AsSpan(0, 16));
}
