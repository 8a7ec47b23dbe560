using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Tidemark.Platform.Database;

/// <summary>The mappings of all modules, gathered at start.</summary>
public sealed class EntityMappings
{
    readonly List<Action<ModelBuilder>> _mappings = [];

    public void Add(Action<ModelBuilder> mapping) => _mappings.Add(mapping);
    public void ApplyTo(ModelBuilder model) => _mappings.ForEach(mapping => mapping(model));
}

/// <summary>What is edited row by row. Columns are the property names in snake_case.</summary>
public sealed class TidemarkDb(DbContextOptions<TidemarkDb> options, EntityMappings mappings) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        mappings.ApplyTo(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
