using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tidemark.Accounts;

/// <summary>Hashes passwords: PBKDF2 over SHA-512 with 600,000 rounds, a salt each, the parameters kept in the hash.</summary>
public sealed class Passwords
{
    const int Rounds = 600_000;
    readonly PasswordHasher<User> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    public bool Matches(User user, string password) => _hasher.VerifyHashedPassword(user, user.PasswordHash, password) != PasswordVerificationResult.Failed;

    /// <summary>What is wrong with a password a person chose; null when nothing is.</summary>
    public static string? Fault(string password) => password switch
    {
        { Length: < 8 } => "A password has at least 8 characters.",
        { Length: > 128 } => "A password has at most 128 characters.",
        { Length: >= 15 } => null,
        _ when !password.Any(char.IsUpper) || !password.Any(char.IsLower) || !password.Any(char.IsDigit)
            => "A password of fewer than 15 characters has an upper-case letter, a lower-case letter and a digit.",
        _ => null,
    };
}
