using System.Security.Cryptography;
using Npgsql;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Chain;

/// <summary>Adds rows to the chain, one after the other over all processes, in the transaction of what they tell.</summary>
static class SignalChain
{
    // "signals!"
    const long Turn = 0x7369_676e_616c_7321;

    /// <summary>Appends a row and answers its hash.</summary>
    public static async Task<string> Append(NpgsqlConnection connection, StoredSignal signal, string kind, DateTimeOffset now, CancellationToken stop)
    {
        var (last, previous) = await Head(connection, stop);
        var recordedAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % 10), TimeSpan.Zero);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var content = kind == "issued" ? SignalContent.Issued(last + 1, previous, recordedAt, nonce, signal) : SignalContent.Changed(last + 1, previous, recordedAt, kind, nonce, signal);
        var hash = SignalContent.HashOf(content);
        await using var insert = new NpgsqlCommand("INSERT INTO signal_chain (sequence, signal_id, kind, recorded_at, previous, hash, content) VALUES ($1, $2, $3, $4, $5, $6, $7)", connection);
        foreach (var value in new object[] { last + 1, signal.Id, kind, recordedAt, previous, hash, content })
        {
            insert.Parameters.Add(new() { Value = value });
        }
        await insert.ExecuteNonQueryAsync(stop);
        return hash;
    }

    /// <summary>The end of the chain, which stays the end until the transaction is over.</summary>
    static async Task<(long Sequence, string Hash)> Head(NpgsqlConnection connection, CancellationToken stop)
    {
        await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = Turn } } })
        {
            await turn.ExecuteNonQueryAsync(stop);
        }
        await using var command = new NpgsqlCommand("SELECT sequence, hash FROM signal_chain ORDER BY sequence DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? (row.GetInt64(0), row.GetString(1)) : (0, SignalContent.Genesis);
    }
}
