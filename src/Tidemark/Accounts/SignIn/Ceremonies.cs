using Npgsql;
using Tidemark.Platform.Database;
using Tidemark.Platform.Secrets;

namespace Tidemark.Accounts.SignIn;

/// <summary>What is begun in one request and finished in another.</summary>
public enum CeremonyKind
{
    SecondFactor,
    PasskeySignIn,
    PasskeyNew,
    TotpNew,
}

public sealed record Ceremony(CeremonyKind Kind, long? UserId, string State);

/// <summary>
/// Keeps what was begun for five minutes under a random name. Tries are counted and endings are final in statements of their own,
/// outside any transaction, so that neither a refusal nor a repeat gives a try back.
/// </summary>
public sealed class Ceremonies(NpgsqlDataSource source, TokenHashes hashes, TimeProvider clock)
{
    public const int MostTries = 5;
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public async Task<string> Begin(CeremonyKind kind, long? user, string state, CancellationToken stop)
    {
        var name = TokenHashes.NewToken();
        await using var command = source.CreateCommand("INSERT INTO ceremonies (hash, kind, user_id, state, expires_at) VALUES ($1, $2, $3, $4, $5)");
        command.Parameters.Add(new() { Value = hashes.Hash("ceremony", name) });
        command.Parameters.Add(new() { Value = Word(kind) });
        command.Parameters.Add(new() { Value = Sql.Value(user), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() + Lasts });
        await command.ExecuteNonQueryAsync(stop);
        return name;
    }

    /// <summary>Counts one try at it; null when it is unknown, over, or tried too often.</summary>
    public Task<Ceremony?> Try(CeremonyKind kind, string name, CancellationToken stop) =>
        Read($"UPDATE ceremonies SET tries = tries + 1 WHERE hash = $1 AND kind = $2 AND expires_at > $3 AND tries < {MostTries} RETURNING user_id, state", kind, name, stop);

    /// <summary>Ends it; null when it had ended already. Of many at once, one gets it.</summary>
    public Task<Ceremony?> End(CeremonyKind kind, string name, CancellationToken stop) =>
        Read("DELETE FROM ceremonies WHERE hash = $1 AND kind = $2 AND expires_at > $3 RETURNING user_id, state", kind, name, stop);

    async Task<Ceremony?> Read(string sql, CeremonyKind kind, string name, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = hashes.Hash("ceremony", name) });
        command.Parameters.Add(new() { Value = Word(kind) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? new Ceremony(kind, row.IsDBNull(0) ? null : row.GetInt64(0), row.GetString(1)) : null;
    }

    static string Word(CeremonyKind kind) => kind switch
    {
        CeremonyKind.SecondFactor => "SECOND_FACTOR",
        CeremonyKind.PasskeySignIn => "PASSKEY_SIGN_IN",
        CeremonyKind.PasskeyNew => "PASSKEY_NEW",
        _ => "TOTP_NEW",
    };
}
