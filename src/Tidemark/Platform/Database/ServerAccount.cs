using System.Diagnostics;

namespace Tidemark.Platform.Database;

/// <summary>
/// The account PostgreSQL runs under. It refuses to run as root, so under root it runs as `nobody` through setpriv;
/// where a folder above the data is closed to others (a checkout in root's home), it keeps the one right to pass through.
/// </summary>
sealed class ServerAccount
{
    readonly bool _stepDown;
    readonly bool _mayNotPass;

    ServerAccount(bool stepDown, bool mayNotPass)
    {
        _stepDown = stepDown;
        _mayNotPass = mayNotPass;
    }

    public static ServerAccount For(string folder)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(stepDown: false, mayNotPass: false);
        }
        return new ServerAccount(stepDown: true, Closed(folder) || Closed(AppContext.BaseDirectory));
    }

    static bool Closed(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!OperatingSystem.IsWindows() && at.Exists && (at.UnixFileMode & UnixFileMode.OtherExecute) == UnixFileMode.None)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Gives a folder or file to the account, closed to everybody else.</summary>
    public async Task Own(string path, CancellationToken stop)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var isFolder = Directory.Exists(path);
        File.SetUnixFileMode(path, isFolder ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (_stepDown)
        {
            await Execute("chown", isFolder && !File.Exists(Path.Combine(path, "postmaster.pid")) ? ["-R", "nobody", path] : ["nobody", path], stop);
        }
    }

    public async Task<(int Code, string Output)> Run(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        if (!_stepDown)
        {
            return await Execute(program, arguments, stop);
        }
        List<string> stepDown = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"];
        if (_mayNotPass)
        {
            // PostgreSQL asks access(2) whether it may run its own programs, and access(2) forgets the right of whom setuid touched.
            stepDown.AddRange(["--securebits=+no_setuid_fixup", "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]);
        }
        return await Execute("setpriv", [.. stepDown, program, .. arguments], stop);
    }

    static async Task<(int Code, string Output)> Execute(string program, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start) ?? throw new PostgresException($"{program} could not be started.");
        // The server inherits these pipes from pg_ctl, so they are read only until pg_ctl itself is gone.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(stop);
        if (process.ExitCode == 0)
        {
            return (0, "");
        }
        return (process.ExitCode, await output + await errors);
    }
}
