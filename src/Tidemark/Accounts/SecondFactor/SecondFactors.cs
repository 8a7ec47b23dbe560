using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Tidemark.Platform.Secrets;

namespace Tidemark.Accounts.SecondFactor;

/// <summary>Checks codes of authenticators and recovery codes. Each is spent in one statement outside any transaction: two at once are one success.</summary>
public sealed class SecondFactors(NpgsqlDataSource source, IDataProtectionProvider protection, TokenHashes hashes, TimeProvider clock)
{
    const int RecoveryCodes = 10;
    const string RecoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    readonly IDataProtector _protector = protection.CreateProtector("authenticator secrets");

    public byte[] Open(string secret) => Convert.FromBase64String(_protector.Unprotect(secret));
    public string Seal(byte[] secret) => _protector.Protect(Convert.ToBase64String(secret));

    /// <summary>Spends a code of the user's authenticator.</summary>
    public async Task<bool> SpendCode(User user, string code, CancellationToken stop)
    {
        if (user.TotpSecret is not { } secret || Totp.StepOf(Open(secret), code, clock.GetUtcNow(), user.TotpLastStep) is not { } step)
        {
            return false;
        }
        await using var command = source.CreateCommand("UPDATE users SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2");
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = step });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    public async Task<bool> SpendRecoveryCode(User user, string code, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM recovery_codes WHERE user_id = $1 AND hash = $2");
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = HashOf(user, code) });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    public async Task<int> RecoveryCodesLeft(long user, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT count(*)::integer FROM recovery_codes WHERE user_id = $1");
        command.Parameters.Add(new() { Value = user });
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Ten new recovery codes of fifty bits each; the old ones open nothing any more.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(User user, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => $"{RandomNumberGenerator.GetString(RecoveryAlphabet, 5)}-{RandomNumberGenerator.GetString(RecoveryAlphabet, 5)}").ToList();
        await using var replace = new NpgsqlCommand(
            """
            WITH gone AS (DELETE FROM recovery_codes WHERE user_id = $1)
            INSERT INTO recovery_codes (user_id, hash)
            SELECT $1, unnest($2)
            """,
            connection, transaction);
        replace.Parameters.Add(new() { Value = user.Id });
        replace.Parameters.Add(new() { Value = codes.Select(code => HashOf(user, code)).ToArray() });
        await replace.ExecuteNonQueryAsync(stop);
        return codes;
    }

    byte[] HashOf(User user, string code) => hashes.Hash($"recovery code of {user.Id}", string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)));
}
