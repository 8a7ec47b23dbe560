namespace Tidemark.Platform.Database;

/// <summary>A lock between processes that the operating system lets go of when its holder dies.</summary>
public sealed class FileLock : IDisposable
{
    readonly FileStream _file;

    FileLock(FileStream file) => _file = file;

    /// <summary>Held by any number of processes at once; null when one holds it alone.</summary>
    public static FileLock? TryShare(string path)
    {
        if (!File.Exists(path))
        {
            // It must exist before it can be opened for reading.
            using var made = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        return TryOpen(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Held by one process; null when another holds or shares it.</summary>
    public static FileLock? TryTake(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Waits its turn.</summary>
    public static async Task<FileLock> Take(string path, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }
            if (clock.GetElapsedTime(began) > patience)
            {
                throw new TimeoutException($"Another Tidemark process has held {path} for over {patience.TotalSeconds:0} seconds.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stop);
        }
    }

    static FileLock? TryOpen(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, mode, access, share, bufferSize: 1));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
