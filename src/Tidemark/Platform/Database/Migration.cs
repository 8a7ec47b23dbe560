using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Platform.Database;

/// <summary>One step of the schema: a numbered SQL file, applied once, never changed after.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The program's migrations in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    static List<Migration> Load()
    {
        var assembly = typeof(Migration).Assembly;
        const string folder = ".Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(".sql", StringComparison.Ordinal) && resource.Contains(folder, StringComparison.Ordinal))
            .Select(resource =>
            {
                var file = Path.GetFileNameWithoutExtension(resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..]);
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return new Migration(int.Parse(file[..4]), file[5..], reader.ReadToEnd());
            })
            .OrderBy(migration => migration.Number)];
    }
}
