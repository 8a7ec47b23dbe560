using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Running;

namespace Tidemark.Platform.Database;

/// <summary>What EF Core believes about tables is held against what the migrations made.</summary>
public sealed class The_model_is_the_schema(RunningServer server) : IClassFixture<RunningServer>
{
    sealed record Column(string Type, bool Nullable);

    [Fact]
    public async Task Column_by_column()
    {
        using var scope = server.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<TidemarkDb>().Model;
        var schema = await ReadSchema(server.Source);
        var differences = new List<string>();

        foreach (var entity in model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            if (!schema.TryGetValue(table, out var columns))
            {
                differences.Add($"{table} is no table");
                continue;
            }
            var store = StoreObjectIdentifier.Table(table);
            foreach (var property in entity.GetProperties())
            {
                var name = property.GetColumnName(store)!;
                if (!columns.Remove(name, out var column))
                {
                    differences.Add($"{table}.{name} is no column");
                    continue;
                }
                var type = property.GetColumnType().Replace("character varying", "text", StringComparison.Ordinal).Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal);
                if (type.Split('(')[0] != column.Type || property.IsNullable != column.Nullable)
                {
                    differences.Add($"{table}.{name} is {column}, the model says {type}, nullable {property.IsNullable}");
                }
            }
            differences.AddRange(columns.Where(left => !left.Value.Nullable).Select(left => $"{table}.{left.Key} must be filled and the model does not know it"));
        }

        model.GetEntityTypes().ShouldNotBeEmpty();
        differences.ShouldBeEmpty();
    }

    static async Task<Dictionary<string, Dictionary<string, Column>>> ReadSchema(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            SELECT c.relname, a.attname, replace(format_type(a.atttypid, NULL), 'timestamp with time zone', 'timestamptz'), NOT a.attnotnull
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var schema = new Dictionary<string, Dictionary<string, Column>>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            if (!schema.TryGetValue(rows.GetString(0), out var columns))
            {
                schema[rows.GetString(0)] = columns = new(StringComparer.Ordinal);
            }
            columns[rows.GetString(1)] = new Column(rows.GetString(2), rows.GetBoolean(3));
        }
        return schema;
    }
}
