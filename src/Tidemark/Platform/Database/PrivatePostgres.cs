using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>
/// A PostgreSQL server of the program's own, in its data folder, behind a unix socket.
/// Any number of processes may share it; the last to leave stops it; one left behind by a crash is found and used again.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    const string Superuser = "tidemark";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Username = Superuser,
        Database = database,
    }.ConnectionString;

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
        if (!File.Exists(Log))
        {
            await File.WriteAllTextAsync(Log, "", stop);
        }
        await account.Own(Log, stop);
        WasRunning = await IsRunning(stop);
        if (WasRunning)
        {
            return;
        }
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

    /// <summary>
    /// A killed server whose parent never collected it still has a process id (PID 1 of many containers collects nobody).
    /// PostgreSQL takes it for alive. Its lock files get an id that cannot exist; the rest of each file stays, for the rest of
    /// PostgreSQL's own checks depends on it.
    /// </summary>
    void SetAsideTheDead()
    {
        foreach (var lockFile in (string[])[Path.Combine(Cluster, "postmaster.pid"), Path.Combine(SocketFolder, ".s.PGSQL.5432.lock")])
        {
            if (OperatingSystem.IsLinux() && File.Exists(lockFile))
            {
                SetAsideTheDead(lockFile);
            }
        }
    }

    static void SetAsideTheDead(string lockFile)
    {
        var lines = File.ReadAllLines(lockFile);
        var status = $"/proc/{lines[0].Trim()}/stat";
        if (File.Exists(status) && File.ReadAllText(status) is var text && text[(text.LastIndexOf(')') + 2)..].StartsWith('Z'))
        {
            lines[0] = int.MaxValue.ToString(CultureInfo.InvariantCulture);
            File.WriteAllLines(lockFile, lines);
        }
    }

    async Task MakeCluster(ServerAccount account, CancellationToken stop)
    {
        // Made aside and moved into place, so that a kill in the middle leaves nothing half done.
        var fresh = Cluster + ".new";
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }
        Directory.CreateDirectory(fresh);
        await account.Own(fresh, stop);
        var (code, output) = await account.Run(_binaries.InitDb, ["-D", fresh, "-U", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"], stop);
        if (code != 0)
        {
            throw new PostgresException($"The private PostgreSQL cluster could not be made in {fresh}: {output.Trim()}");
        }
        Directory.Move(fresh, Cluster);
    }

    async Task<bool> IsRunning(CancellationToken stop)
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
        catch (Npgsql.PostgresException starting) when (starting.SqlState is "57P03" or "57P02" or "57P01")
        {
            // Recovering after a crash or going down: pg_ctl waits for whichever it is.
            await Task.Delay(TimeSpan.FromMilliseconds(200), _clock, stop);
            return await IsRunning(stop);
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
        using var turn = await FileLock.Take(TurnLock, Patience, _clock, CancellationToken.None);
        _use.Dispose();
        _use = null;
        using var alone = FileLock.TryTake(UseLock);
        if (alone is not null)
        {
            await ServerAccount.For(_folder).Run(_binaries.PgCtl, ["stop", "-D", Cluster, "-m", "fast", "-w", "-t", "20", "-s"], CancellationToken.None);
        }
    }

    /// <summary>A unix socket's path may not pass 107 bytes; a deep data folder gets a short one elsewhere.</summary>
    static string ChooseSocketFolder(string dataFolder)
    {
        var near = Path.Combine(dataFolder, "run");
        if (Encoding.UTF8.GetByteCount(near) + "/.s.PGSQL.5432".Length < 104)
        {
            return near;
        }
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..16];
        return Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"tidemark-{mark}"));
    }

    static string Tail(string path) => File.Exists(path) ? string.Join(Environment.NewLine, File.ReadLines(path).TakeLast(8)) : "(no log)";
}
