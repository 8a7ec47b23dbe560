using System.Text.Json;

namespace Tidemark.Platform.Web;

/// <summary>Which hashed files each entry of the browser app needs, as Vite wrote it down.</summary>
public sealed class AssetManifest
{
    public const string FileName = "manifest.json";
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly Dictionary<string, Chunk> _chunks;

    public AssetManifest(WebFiles files)
        : this(File.ReadAllText(Path.Combine(files.Folder, FileName)))
    {
    }

    internal AssetManifest(string json)
    {
        _chunks = JsonSerializer.Deserialize<Dictionary<string, Chunk>>(json, Json)!;
        App = Entry("src/main.tsx");
        Public = Entry("src/public/public.css");
        Docs = Entry("src/docs/main.ts");
        Appearance = "/" + Find("src/preferences/boot.ts").File;
        TextFont = FontFile("inter-latin-wght-normal");
    }

    public EntryFiles App { get; }
    public EntryFiles Public { get; }
    public EntryFiles Docs { get; }

    /// <summary>The script that paints the chosen theme before anything else is painted.</summary>
    public string Appearance { get; }
    public string TextFont { get; }

    /// <summary>An entry's own file, its styles and those of what it imports, and the imports worth fetching early.</summary>
    EntryFiles Entry(string source)
    {
        var own = Find(source);
        var all = WithImports(source, []);
        var styles = own.File.EndsWith(".css", StringComparison.Ordinal) ? [own.File] : all.SelectMany(chunk => chunk.Css ?? []);
        return new EntryFiles(
            "/" + own.File,
            [.. styles.Distinct(StringComparer.Ordinal).Select(file => "/" + file)],
            [.. all.Where(chunk => chunk != own).Select(chunk => "/" + chunk.File)]);
    }

    /// <summary>What is imported comes first, so that styles cascade in the order of the imports.</summary>
    List<Chunk> WithImports(string source, HashSet<string> seen)
    {
        if (!seen.Add(source))
        {
            return [];
        }
        var chunk = Find(source);
        return [.. (chunk.Imports ?? []).SelectMany(import => WithImports(import, seen)), chunk];
    }

    Chunk Find(string source) =>
        _chunks.GetValueOrDefault(source) ?? throw new InvalidOperationException($"The browser app has no entry {source}. It was built from other sources than this program.");

    string FontFile(string name) =>
        "/" + _chunks.Values.First(chunk => chunk.File.StartsWith($"assets/{name}", StringComparison.Ordinal)).File;

    sealed record Chunk(string File, string[]? Css, string[]? Imports);
}

/// <summary>The addresses of what a page has to load.</summary>
public sealed record EntryFiles(string Script, IReadOnlyList<string> Styles, IReadOnlyList<string> Preloads);
