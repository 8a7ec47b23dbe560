using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Tidemark.Platform.Api;

namespace Tidemark.Accounts.SignIn;

/// <summary>How dear a password's hash is.</summary>
public sealed record PasswordCost(int Rounds)
{
    public static PasswordCost Standard { get; } = new(210_000);
}

/// <summary>
/// Hashes passwords: PBKDF2 over SHA-512, a salt each, the parameters kept in the hash. Hashing has lanes of its own, half the
/// cores at most, and a bounded crowd before them, so that a storm of sign-ins slows itself and nobody else.
/// </summary>
public sealed class Passwords : IDisposable
{
    const int Crowd = 200;
    readonly PasswordHasher<User> _hasher;
    readonly SemaphoreSlim _lanes = new(Math.Max(1, Environment.ProcessorCount / 2));
    readonly Lazy<string> _nobodys;
    readonly int _rounds;
    int _waiting;

    public Passwords(PasswordCost cost)
    {
        _rounds = cost.Rounds;
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = cost.Rounds }));
        _nobodys = new(() => _hasher.HashPassword(null!, "a password nobody has"));
    }

    static readonly FrozenSet<string> Common = ReadCommon();

    public Task<string> Hash(string password, CancellationToken stop) => InLane(() => _hasher.HashPassword(null!, password), stop);

    /// <summary>Whether it is the user's password. Without a user it takes as long and is wrong.</summary>
    public Task<bool> Matches(User? user, string password, CancellationToken stop) => Matches(user?.PasswordHash, password, stop);

    public async Task<bool> Matches(string? hash, string password, CancellationToken stop) =>
        await InLane(() => _hasher.VerifyHashedPassword(null!, hash is { Length: > 0 } ? hash : _nobodys.Value, password), stop) != PasswordVerificationResult.Failed && hash is { Length: > 0 };

    /// <summary>Whether the hash was made with fewer rounds than are usual now; they stand in the hash.</summary>
    public bool IsDated(User user)
    {
        var hash = Convert.FromBase64String(user.PasswordHash);
        const int roundsAt = 5, shortest = 13;
        return hash.Length < shortest || hash[0] != 1 || System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(roundsAt)) < _rounds;
    }

    /// <summary>For verbs and start-up, where nobody waits in line.</summary>
    public string HashNow(string password) => _hasher.HashPassword(null!, password);

    async Task<T> InLane<T>(Func<T> work, CancellationToken stop)
    {
        if (Interlocked.Increment(ref _waiting) > Crowd)
        {
            Interlocked.Decrement(ref _waiting);
            throw new TidemarkException(ErrorCode.SignInBusy, details: new Dictionary<string, object?> { [ErrorHandling.RetryAfter] = 5 });
        }
        try
        {
            await _lanes.WaitAsync(stop);
            try
            {
                // A thread of its own: the pool's threads answer everybody else meanwhile.
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            }
            finally
            {
                _lanes.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>What is wrong with a password a person chose; null when nothing is.</summary>
    public static string? Fault(string password) => password switch
    {
        { Length: < 8 } => "A password has at least 8 characters.",
        { Length: > 128 } => "A password has at most 128 characters.",
        { Length: < 15 } when !password.Any(char.IsUpper) || !password.Any(char.IsLower) || !password.Any(char.IsDigit)
            => "A password of fewer than 15 characters has an upper-case letter, a lower-case letter and a digit.",
        _ when Common.Contains(password.ToLowerInvariant()) => "This password is among the most used in the world; choose another.",
        _ => null,
    };

    static FrozenSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("Tidemark.Accounts.SignIn.common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }

    public void Dispose() => _lanes.Dispose();
}
