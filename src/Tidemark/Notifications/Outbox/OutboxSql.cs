using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Tidemark.Notifications.Outbox;

/// <summary>Statements within a transaction of EF, or alone.</summary>
static class OutboxSql
{
    public static NpgsqlCommand Command(IDbContextTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        var within = (NpgsqlTransaction)transaction.GetDbTransaction();
        return With(new NpgsqlCommand(sql, within.Connection, within), values);
    }

    public static NpgsqlCommand Command(NpgsqlDataSource source, string sql, params ReadOnlySpan<object> values) => With(source.CreateCommand(sql), values);

    static NpgsqlCommand With(NpgsqlCommand command, ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return command;
    }
}
