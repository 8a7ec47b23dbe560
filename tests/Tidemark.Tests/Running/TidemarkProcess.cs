using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Tidemark.Platform.Settings;

namespace Tidemark.Running;

/// <summary>The built program as its own process, with a data folder of its own.</summary>
public sealed class TidemarkProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _output = new();

    TidemarkProcess(Process process) => _process = process;

    /// <summary>The program as it is built, not the copy beside the tests: that one is slowed down wherever coverage is counted.</summary>
    public static string ProgramPath { get; } = Built("src", "Tidemark");

    /// <summary>Where the build puts a project's program.</summary>
    public static string Built(string folder, string project)
    {
        var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var (configuration, framework) = (Path.GetFileName(Path.GetDirectoryName(output))!, Path.GetFileName(output));
        return Path.Combine(SettingsSource.FindHome(), folder, project, "bin", configuration, framework, $"{project}.dll");
    }

    public string Output => string.Join('\n', _output);
    public int ExitCode => _process.ExitCode;

    public static TidemarkProcess Start(string data, IReadOnlyList<string> arguments, params (string Name, string Value)[] settings) => Start(ProgramPath, data, arguments, settings);

    public static TidemarkProcess Start(string program, string data, IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = SettingsSource.FindHome(),
        };
        // Neither the developer's own settings nor the machine's may reach a test, which drops databases.
        foreach (var name in SettingKeys.All.SelectMany(key => (string?[])[key.Name, key.Alias]).OfType<string>().Concat(HostEnvironment.Signs))
        {
            start.Environment.Remove(name);
        }
        start.Environment["TIDEMARK_DOTENV"] = "none";
        start.Environment["DRAIN_SECONDS"] = "0";
        // A process that lives for seconds prepares for nothing, and watches no code to compile it better.
        start.Environment["REHEARSE_BACKTEST"] = "false";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["MARKET_SOURCE"] = "recorded";
        start.Environment["NTFY_URL"] = start.Environment["DISCORD_URL"] = start.Environment["TELEGRAM_URL"] = start.Environment["TWILIO_URL"] = "http://127.0.0.1:1";
        start.Environment["TIDEMARK_DATA"] = data;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = new Process { StartInfo = start };
        var running = new TidemarkProcess(process);
        process.OutputDataReceived += (_, line) => running.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => running.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }

    /// <summary>The address it serves on, once it says so.</summary>
    public async Task<Uri> Ready()
    {
        for (var i = 0; i < 1_200; i++)
        {
            if (_output.FirstOrDefault(line => line.StartsWith("  Open", StringComparison.Ordinal)) is { } line)
            {
                return new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            }
            if (_process.HasExited)
            {
                break;
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"The program did not start:\n{Output}");
    }

    public async Task Type(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        _process.StandardInput.Close();
    }

    public async Task<int> End()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>As `kill -9` does it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>As Ctrl+C or a service manager does it.</summary>
    public Task<int> Terminate()
    {
        const int terminate = 15;
        _ = SendSignal(_process.Id, terminate);
        return End();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int process, int signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Terminate();
        }
        _process.Dispose();
    }
}

/// <summary>A folder that is gone after the test, and with it whatever server still ran in it.</summary>
public sealed class DataFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tidemark-data-").FullName;

    public async ValueTask DisposeAsync()
    {
        // Whoever opens the database last stops it, an orphan of a killed program included.
        if (File.Exists(System.IO.Path.Combine(Path, "postgres", "postmaster.pid")))
        {
            await using var last = await Platform.Database.PrivatePostgres.Open(Path, SettingsSource.FindHome(), TimeProvider.System, CancellationToken.None);
        }
        Directory.Delete(Path, recursive: true);
    }
}
