using System.ComponentModel;
using System.Text.Json;
using Npgsql;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Audit;

/// <summary>One entry as people read it.</summary>
public sealed record AuditEntry(
    [property: Description("Its place in the chain.")] long Seq,
    DateTimeOffset At,
    [property: Description("Who did it: a user's id; null for the console, the program and strangers.")] long? Actor,
    [property: Description("By what: session, token, apikey, console, none, open.")] string Credential,
    [property: Description("What was done, like user.locked.")] string Action,
    [property: Description("Whom it concerns: a user's id.")] long? Subject,
    [property: Description("The network it came from.")] string Address,
    [property: Description("Facts about it, by name.")] JsonElement Details);

/// <summary>Which entries are asked for; what is null does not matter.</summary>
public sealed record AuditFilter(long? Actor = null, long? Subject = null, string? Action = null, long? About = null);

/// <summary>What a walk along the whole chain found.</summary>
public sealed record AuditVerdict(
    [property: Description("Whether every row is as it was written.")] bool Intact,
    [property: Description("Rows that were walked.")] long Rows,
    [property: Description("The hash of the newest row, hexadecimal: note it elsewhere, and a rewritten chain shows.")] string Head,
    [property: Description("The first row where something is wrong.")] long? FaultAt,
    string? Fault);

/// <summary>Reads and checks the log.</summary>
public sealed class AuditReader(NpgsqlDataSource source)
{
    const string Columns = "seq, at, actor, credential, action, subject, address, details, previous, hash";

    public async Task<Page<AuditEntry>> Read(AuditFilter filter, PageRequest page, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT {Columns}
            FROM audit_log
            WHERE seq < $1
              AND ($2::bigint IS NULL OR actor = $2)
              AND ($3::bigint IS NULL OR subject = $3)
              AND ($4::text IS NULL OR action = $4 OR action LIKE $4 || '.%')
              AND ($5::bigint IS NULL OR actor = $5 OR subject = $5)
            ORDER BY seq DESC
            LIMIT $6
            """);
        command.Parameters.Add(new() { Value = page.Before });
        command.Parameters.Add(new() { Value = Sql.Value(filter.Actor) });
        command.Parameters.Add(new() { Value = Sql.Value(filter.Subject) });
        command.Parameters.Add(new() { Value = Sql.Value(filter.Action) });
        command.Parameters.Add(new() { Value = Sql.Value(filter.About) });
        command.Parameters.Add(new() { Value = page.Limit + 1 });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var entries = new List<AuditEntry>();
        while (await rows.ReadAsync(stop))
        {
            var row = Row(rows);
            entries.Add(new(row.Seq, row.At, row.Actor, row.Credential, row.Action, row.Subject, row.Address, JsonElement.Parse(row.Details)));
        }
        if (entries.Count <= page.Limit)
        {
            return new Page<AuditEntry>(entries, page.Limit, NextCursor: null);
        }
        entries.RemoveAt(page.Limit);
        return new Page<AuditEntry>(entries, page.Limit, PageRequest.CursorAt(entries[^1].Seq));
    }

    /// <summary>A person's own part. Where somebody else acted, from where and with what words is that one's own.</summary>
    public async Task<Page<AuditEntry>> ReadOwn(long user, PageRequest page, CancellationToken stop)
    {
        var all = await Read(new AuditFilter(About: user), page, stop);
        return all with { Items = [.. all.Items.Select(entry => entry.Actor == user || entry.Actor is null ? entry : entry with { Address = "", Details = JsonElement.Parse("{}") })] };
    }

    /// <summary>Walks the chain from its first row to where the head says it ends, on one snapshot of both.</summary>
    public async Task<AuditVerdict> Verify(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        long headSeq;
        byte[] headHash;
        await using (var head = new NpgsqlCommand("SELECT seq, hash FROM audit_head", connection, snapshot))
        {
            await using var end = await head.ExecuteReaderAsync(stop);
            if (!await end.ReadAsync(stop))
            {
                return new AuditVerdict(false, 0, Convert.ToHexStringLower(AuditRow.Root), 0, "The head of the chain is gone.");
            }
            (headSeq, headHash) = (end.GetInt64(0), end.GetFieldValue<byte[]>(1));
        }
        var chain = new AuditChain();
        await using var select = new NpgsqlCommand($"SELECT {Columns} FROM audit_log ORDER BY seq", connection, snapshot);
        await using var rows = await select.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            if (chain.Add(Row(rows)) is { } fault)
            {
                return Broken(chain, fault);
            }
        }
        return chain.EndsAt(headSeq, headHash) is { } cut ? Broken(chain, cut) : new AuditVerdict(true, chain.Length, chain.HeadHash, null, null);
    }

    static AuditVerdict Broken(AuditChain chain, AuditFault fault) => new(false, chain.Length, chain.HeadHash, fault.Seq, fault.Fault);

    static AuditRow Row(NpgsqlDataReader rows) => new(
        rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetString(3), rows.GetString(4),
        rows.IsDBNull(5) ? null : rows.GetInt64(5), rows.GetString(6), rows.GetString(7), rows.GetFieldValue<byte[]>(8), rows.GetFieldValue<byte[]>(9));
}
