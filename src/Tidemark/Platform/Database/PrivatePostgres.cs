using System.Globalization;
using System.Text;
using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>
/// A PostgreSQL server of the program's own, in its data folder, behind a unix socket.
/// Any number of processes may share it; the last to leave stops it; one left behind by a crash is found and used again.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    const string Superuser = "postgres";
    const long LargestLog = 10 * 1024 * 1024;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), StopPatience = TimeSpan.FromSeconds(5);

    readonly PostgresBinaries _binaries;
    readonly string _folder;
    readonly TimeProvider _clock;
    readonly IReadOnlyList<string> _options;
    FileLock? _use;

    PrivatePostgres(PostgresBinaries binaries, string folder, IReadOnlyList<string> options, TimeProvider clock)
    {
        _binaries = binaries;
        _folder = folder;
        _options = options;
        _clock = clock;
        SocketFolder = ChooseSocketFolder(folder);
    }

    public string SocketFolder { get; }

    /// <summary>True when this process found the server already running.</summary>
    public bool WasRunning { get; private set; }

    string Cluster => Path.Combine(_folder, "postgres");
    string Log => Path.Combine(_folder, "postgres.log");
    string TurnLock => Path.Combine(_folder, "postgres.turn");
    string UseLock => Path.Combine(_folder, "postgres.use");

    /// <summary>Connects to the server of this data folder, making and starting it when needed.</summary>
    public static async Task<PrivatePostgres> Open(string dataFolder, string home, TimeProvider clock, CancellationToken stop, params IReadOnlyList<string> options)
    {
        Directory.CreateDirectory(dataFolder);
        var server = new PrivatePostgres(PostgresBinaries.Find(home), dataFolder, options, clock);
        using var turn = await FileLock.Take(server.TurnLock, Patience, clock, stop);
        server._use = FileLock.TryShare(server.UseLock) ?? throw new PostgresException($"{server.UseLock} is held by another program.");
        try
        {
            await server.Start(stop);
        }
        catch
        {
            server._use.Dispose();
            throw;
        }
        return server;
    }

    /// <summary>As the cluster's owner, or as a role that owns no more than its own database.</summary>
    public string ConnectionString(string database, string role = Superuser) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Username = role,
        Database = database,
    }.ConnectionString;

    /// <summary>Starts the server again where it is gone; true when it was.</summary>
    public async Task<bool> Revive(CancellationToken stop)
    {
        using var turn = await FileLock.Take(TurnLock, Patience, _clock, stop);
        await Start(stop);
        return !WasRunning;
    }

    async Task Start(CancellationToken stop)
    {
        var account = ServerAccount.For(_folder);
        if (!File.Exists(Path.Combine(Cluster, "PG_VERSION")))
        {
            await MakeCluster(account, stop);
        }
        await account.Own(Cluster, stop);
        Directory.CreateDirectory(SocketFolder);
        await account.Own(SocketFolder, stop);
        WasRunning = await IsRunning(stop);
        if (WasRunning)
        {
            return;
        }
        await OpenLog(account, stop);
        SetAsideTheDead();
        var settings = new List<string>
        {
            "listen_addresses=", $"unix_socket_directories={SocketFolder}", "unix_socket_permissions=0700",
            "shared_buffers=128MB", "max_connections=120", "timezone=UTC", "log_timezone=UTC", "jit=off",
            "synchronous_commit=on", "fsync=on", "full_page_writes=on",
        };
        settings.AddRange(_options);
        var arguments = string.Join(' ', settings.Select(setting => $"-c \"{setting}\""));
        var (code, output) = await account.Run(_binaries.PgCtl, ["start", "-D", Cluster, "-w", "-t", "60", "-s", "-l", Log, "-o", arguments], stop);
        if (code != 0)
        {
            throw new PostgresException($"The private PostgreSQL server did not start. {output.Trim()} The end of {Log}:{Environment.NewLine}{Tail(Log)}");
        }
    }

    async Task OpenLog(ServerAccount account, CancellationToken stop)
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > LargestLog)
        {
            File.Move(Log, Log + ".1", overwrite: true);
        }
        if (!File.Exists(Log))
        {
            await File.WriteAllTextAsync(Log, "", stop);
        }
        await account.Own(Log, stop);
    }

    /// <summary>
    /// PostgreSQL takes a lock file's owner for alive when any process has its id: a killed server whose parent never collected it
    /// (PID 1 of many containers collects nobody), or a stranger that got the same id after a restart of the machine.
    /// Where the id is not of this cluster's server, the file gets one that cannot exist; its other lines stay, for the rest of
    /// PostgreSQL's own checks depends on them. A file cut short by a full disk says nothing and goes.
    /// </summary>
    void SetAsideTheDead()
    {
        foreach (var lockFile in (string[])[Path.Combine(Cluster, "postmaster.pid"), Path.Combine(SocketFolder, ".s.PGSQL.5432.lock")])
        {
            if (OperatingSystem.IsLinux() && File.Exists(lockFile))
            {
                SetAsideTheDead(lockFile, Cluster);
            }
        }
    }

    static void SetAsideTheDead(string lockFile, string cluster)
    {
        var lines = File.ReadAllLines(lockFile);
        if (lines.Length == 0 || !int.TryParse(lines[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var owner))
        {
            File.Delete(lockFile);
            return;
        }
        if (Directory.Exists($"/proc/{owner}") && !IsServerOf(owner, cluster))
        {
            lines[0] = int.MaxValue.ToString(CultureInfo.InvariantCulture);
            File.WriteAllLines(lockFile, lines);
        }
    }

    /// <summary>A server's command line names its cluster; that of a process nobody collected is empty.</summary>
    static bool IsServerOf(int process, string cluster)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0').Contains(cluster, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return false;
        }
    }

    async Task MakeCluster(ServerAccount account, CancellationToken stop)
    {
        // Made aside under a name of its own and moved into place: a kill in the middle leaves nothing half done,
        // and the initdb it orphaned goes on writing where nobody looks.
        var fresh = Directory.CreateDirectory($"{Cluster}.new-{Path.GetRandomFileName()}").FullName;
        await account.Own(fresh, stop);
        var (code, output) = await account.Run(_binaries.InitDb, ["-D", fresh, "-U", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"], stop);
        if (code != 0)
        {
            throw new PostgresException($"The private PostgreSQL cluster could not be made in {fresh}: {output.Trim()}");
        }
        Directory.Move(fresh, Cluster);
        foreach (var leftover in Directory.EnumerateDirectories(_folder, "postgres.new*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // Somebody's orphan still writes there; a later start finds it finished.
            }
        }
    }

    Task<bool> IsRunning(CancellationToken stop) => IsRunning(_clock.GetTimestamp(), stop);

    async Task<bool> IsRunning(long began, CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(Cluster, "postmaster.pid")))
        {
            return false;
        }
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(stop);
            return true;
        }
        catch (Npgsql.PostgresException starting) when (starting.SqlState is "57P03" or "57P02" or "57P01" && _clock.GetElapsedTime(began) < Patience)
        {
            // Recovering after a crash or going down: wait for whichever it is.
            await Task.Delay(TimeSpan.FromMilliseconds(200), _clock, stop);
            return await IsRunning(began, stop);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Leaves; the last one out stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_use is null)
        {
            return;
        }
        using var turn = await FileLock.Take(TurnLock, StopPatience, _clock, CancellationToken.None);
        _use.Dispose();
        _use = null;
        using var alone = FileLock.TryTake(UseLock);
        if (alone is not null && !await Stop("fast", 8))
        {
            // Whoever it waited for is cut off; what was committed is safe, the next start recovers it.
            await Stop("immediate", 4);
        }
    }

    async Task<bool> Stop(string mode, int seconds)
    {
        var (code, _) = await ServerAccount.For(_folder).Run(
            _binaries.PgCtl, ["stop", "-D", Cluster, "-m", mode, "-w", "-t", seconds.ToString(CultureInfo.InvariantCulture), "-s"], CancellationToken.None);
        return code == 0;
    }

    /// <summary>
    /// A unix socket's path may not pass 107 bytes; a deep data folder gets a short one elsewhere, made under a name nobody can
    /// foresee and remembered in the data folder. A link in its place is somebody else's and is not followed.
    /// </summary>
    static string ChooseSocketFolder(string dataFolder)
    {
        var near = Path.Combine(dataFolder, "run");
        if (Encoding.UTF8.GetByteCount(near) + "/.s.PGSQL.5432".Length < 104)
        {
            return near;
        }
        var note = Path.Combine(dataFolder, "run.folder");
        if (File.Exists(note) && new DirectoryInfo(File.ReadAllText(note).Trim()) is { Exists: true, LinkTarget: null } known)
        {
            return known.FullName;
        }
        var made = Directory.CreateTempSubdirectory("tidemark-").FullName;
        File.WriteAllText(note, made);
        return made;
    }

    static string Tail(string path) => File.Exists(path) ? string.Join(Environment.NewLine, File.ReadLines(path).TakeLast(8)) : "(no log)";
}
