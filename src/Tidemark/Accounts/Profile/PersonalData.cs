using System.ComponentModel;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;

namespace Tidemark.Accounts.Profile;

/// <summary>What is held of a person, as a file for that person; and its end.</summary>
static class PersonalData
{
    public sealed record Farewell([property: Description("Your own address, typed once more.")] string Email);

    // What proves or opens something is nobody's to read, not even its owner's.
    static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "password_hash", "totp_secret", "totp_last_step", "token_hash", "refresh_seed", "hash", "public_key", "attestation_object", "client_data_json", "sealed", "code_hash", "endpoint_hash",
    };

    // No one's own: links and challenges of minutes, and hashes of codes.
    static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { "mailed_tokens", "ceremonies", "recovery_codes" };

    /// <summary>Every row of every table that belongs to a user by a foreign key: a module that adds a table is in it by itself.</summary>
    public static async Task<Dictionary<string, JsonElement>> Export(Caller caller, TidemarkDb db, NpgsqlDataSource source, AuditLog audit, CancellationToken stop)
    {
        var user = await ProfileEndpoints.Own(caller, db, stop);
        var data = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["users"] = await Rows(source, "users", "id", caller.UserId, stop) };
        foreach (var (table, column) in await OwnedTables(source, stop))
        {
            if (!LeftOut.Contains(table))
            {
                data[table] = await Rows(source, table, column, caller.UserId, stop);
            }
        }
        // Where somebody else acted on the account, his address is his own.
        data["audit_log"] = await Rows(source, "(SELECT seq, at, actor, action, subject, CASE WHEN actor IS DISTINCT FROM $1 AND actor IS NOT NULL THEN '' ELSE address END AS address FROM audit_log WHERE actor = $1 OR subject = $1 ORDER BY seq)", "$1", caller.UserId, stop);
        data["mails"] = await Rows(source, "(SELECT kind, recipient, subject, written_at, sent_at FROM mails)", "recipient", user.Email, stop);
        data["idempotency_keys"] = await Rows(source, "idempotency_keys", "caller", caller.Key, stop);
        await db.InTransaction(_ => audit.Append(caller, "account.exported", caller.Id, stop), stop);
        return data;
    }

    public static async Task<AuthEndpoints.Done> Delete(Farewell farewell, HttpContext http, Caller caller, TidemarkDb db, SessionBook sessions, SessionCookie cookie, AccountMailer mailer, AuditLog audit, CancellationToken stop)
    {
        var user = await ProfileEndpoints.Own(caller, db, stop);
        new Fields().Must("email", User.Normal(farewell.Email) == user.Email ? null : "This is not the address of your account.").Hold();
        await db.InTransaction(
            async _ =>
            {
                await Admin.LastAdmin.Guard(db, user, stop);
                await mailer.Send(user.Email, AccountMails.Deleted());
                await sessions.EndAll(user.Id, null, "account deleted", stop);
                db.Remove(user);
                await db.SaveChangesAsync(stop);
                await Forget(db, user, stop);
                await audit.Append(caller, "account.deleted", user.Id, stop);
            },
            stop);
        cookie.Clear(http);
        return AuthEndpoints.Done.Yes;
    }

    /// <summary>What no foreign key takes along: mails that were sent, and answers kept for repeats. The mail that says goodbye goes when it is sent.</summary>
    public static async Task Forget(TidemarkDb db, User user, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM mails WHERE recipient = {user.Email} AND kind <> {Mail.Farewell}", stop);
        await db.Database.ExecuteSqlAsync($"DELETE FROM idempotency_keys WHERE caller = {$"user:{user.Id}"}", stop);
    }

    static async Task<List<(string Table, string Column)>> OwnedTables(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT c.conrelid::regclass::text, a.attname
            FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass
            ORDER BY 1
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var tables = new List<(string, string)>();
        while (await rows.ReadAsync(stop))
        {
            tables.Add((rows.GetString(0), rows.GetString(1)));
        }
        return tables;
    }

    static async Task<JsonElement> Rows(NpgsqlDataSource source, string table, string column, object owner, CancellationToken stop)
    {
        // Names come from the database's own catalogue and from above.
        await using var command = source.CreateCommand($"SELECT coalesce(json_agg(to_jsonb(t) - $2), '[]')::text FROM (SELECT * FROM {table} WHERE {column} = $1 LIMIT 100000) t");
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = Secrets.ToArray() });
        return JsonElement.Parse((string)(await command.ExecuteScalarAsync(stop))!);
    }
}
