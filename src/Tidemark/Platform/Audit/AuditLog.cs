using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Audit;

/// <summary>
/// Appends to the audit log inside the caller's transaction, so that nothing happens unrecorded and nothing is recorded that did not happen.
/// Appenders wait for one another from their append to their commit: append last.
/// </summary>
public sealed class AuditLog(TidemarkDb db, TimeProvider clock)
{
    public Task Append(Caller caller, string action, long? subject, CancellationToken stop, params ReadOnlySpan<(string Name, object? Value)> details) =>
        Write(caller.Id, caller.IsOperator && caller.Id is null ? "open" : caller.Credential.ToString().ToLowerInvariant(), caller.Address, action, subject, ToJson(details), stop);

    /// <summary>What an operator did at the console of the machine.</summary>
    public Task AppendFromConsole(string action, long? subject, CancellationToken stop, params ReadOnlySpan<(string Name, object? Value)> details) =>
        Write(null, "console", "console", action, subject, ToJson(details), stop);

    async Task Write(long? actor, string credential, string address, string action, long? subject, string details, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var row = new AuditRow(
            0, new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
            actor, credential, action, subject, address, details, AuditRow.Root, []);
        await db.InTransaction(async transaction => await Chain(row, transaction, stop), stop);
    }

    static async Task Chain(AuditRow row, IDbContextTransaction transaction, CancellationToken stop)
    {
        long seq;
        byte[] previous;
        await using (var head = Command(transaction, "SELECT seq, hash FROM audit_head FOR UPDATE"))
        {
            await using var link = await head.ExecuteReaderAsync(stop);
            await link.ReadAsync(stop);
            (seq, previous) = (link.GetInt64(0), link.GetFieldValue<byte[]>(1));
        }
        row = row.Chained(seq + 1, previous);
        await using var append = Command(
            transaction,
            """
            WITH moved AS (UPDATE audit_head SET seq = $1, hash = $10)
            INSERT INTO audit_log (seq, at, actor, credential, action, subject, address, details, previous, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            row.Seq, row.At, Sql.Value(row.Actor), row.Credential, row.Action, Sql.Value(row.Subject), row.Address, row.Details, row.Previous, row.Hash);
        await append.ExecuteNonQueryAsync(stop);
    }

    static NpgsqlCommand Command(IDbContextTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        var within = (NpgsqlTransaction)transaction.GetDbTransaction();
        var command = new NpgsqlCommand(sql, within.Connection, within);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint } : new NpgsqlParameter { Value = value });
        }
        return command;
    }

    static string ToJson(ReadOnlySpan<(string Name, object? Value)> details)
    {
        var facts = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            facts[name] = value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value;
        }
        return JsonSerializer.Serialize(facts, ApiJson.Options);
    }
}
