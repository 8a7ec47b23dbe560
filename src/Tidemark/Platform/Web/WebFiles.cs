using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Tidemark.Platform.Web;

/// <summary>The built browser app: known by name at start, so that no address can reach any other file.</summary>
public sealed class WebFiles
{
    const string Hashed = "assets/";
    static readonly (string Encoding, string Suffix)[] Compressions = [("br", ".br"), ("gzip", ".gz")];

    readonly FrozenDictionary<string, WebFile> _files;

    WebFiles(string folder, IEnumerable<WebFile> files)
    {
        Folder = folder;
        _files = files.ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);
    }

    public string Folder { get; }

    public WebFile? Find(string name) => _files.GetValueOrDefault(name);

    public static WebFiles In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException($"The browser app is missing: there is no {folder}. Build the program with `dotnet build`, which makes it.");
        }
        var types = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } };
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        return new WebFiles(folder, names
            .Where(name => !Compressions.Any(compression => name.EndsWith(compression.Suffix, StringComparison.Ordinal)))
            .Select(name => new WebFile(
                name,
                Path.Combine(folder, name),
                types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
                [.. Compressions.Where(compression => names.Contains(name + compression.Suffix)).Select(compression => compression.Encoding)])));
    }

    /// <summary>Hashed files for a year; the few with a fixed name (icons) for an hour.</summary>
    public static void Map(WebApplication app)
    {
        var files = app.Services.GetRequiredService<WebFiles>();
        app.MapMethods($"/{Hashed}{{name}}", Methods.Read, (string name, HttpContext http) => Answer(http, files.Find(Hashed + name), "public, max-age=31536000, immutable"))
            .ExcludeFromDescription();
        foreach (var name in files._files.Keys.Where(name => !name.Contains('/', StringComparison.Ordinal) && name != AssetManifest.FileName))
        {
            app.MapMethods($"/{name}", Methods.Read, (HttpContext http) => Answer(http, files.Find(name), "public, max-age=3600"))
                .ExcludeFromDescription();
        }
    }

    static IResult Answer(HttpContext http, WebFile? file, string caching)
    {
        if (file is null)
        {
            return TypedResults.NotFound();
        }
        var headers = http.Response.Headers;
        headers.CacheControl = caching;
        var path = file.Path;
        if (file.Encodings.Count > 0)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
            if (Chosen(http.Request, file) is var (encoding, suffix))
            {
                headers.ContentEncoding = encoding;
                path += suffix;
            }
        }
        return TypedResults.PhysicalFile(path, file.ContentType, lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(path)));
    }

    static (string Encoding, string Suffix)? Chosen(HttpRequest request, WebFile file)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var compression in Compressions)
        {
            if (file.Encodings.Contains(compression.Encoding)
                && accepted.Any(item => item.Quality is not 0 && item.Value.Equals(compression.Encoding, StringComparison.OrdinalIgnoreCase)))
            {
                return compression;
            }
        }
        return null;
    }
}

/// <summary>One file of the built app, and the encodings it also lies there in.</summary>
public sealed record WebFile(string Name, string Path, string ContentType, IReadOnlyList<string> Encodings);

static class Methods
{
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
}
