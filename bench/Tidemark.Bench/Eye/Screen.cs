using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Tidemark.Bench.Eye;

/// <summary>A browser that shows the dashboard, and tells when each pattern was on its screen.</summary>
sealed class Screen : IAsyncDisposable
{
    readonly Process _browser;
    readonly ConcurrentDictionary<long, double> _shown = new();
    readonly TaskCompletionSource _ready = new();
    readonly HashSet<string> _inSight = [];

    Screen(Process browser)
    {
        _browser = browser;
        _ = Task.Run(Read);
    }

    /// <summary>Null where there is no Chromium.</summary>
    public static async Task<Screen?> Open(Uri server, int patterns)
    {
        string?[] named = [Environment.GetEnvironmentVariable("TIDEMARK_CHROMIUM"), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "chromium"))];
        if (named.FirstOrDefault(File.Exists) is not { } chromium)
        {
            return null;
        }
        var script = Path.Combine(Tidemark.Platform.Settings.SettingsSource.FindHome(), "bench", "patterns-on-screen.mjs");
        var start = new ProcessStartInfo("node", [script, server.ToString(), patterns.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TIDEMARK_CHROMIUM"] = chromium;
        var screen = new Screen(Process.Start(start)!);
        await screen._ready.Task;
        return screen;
    }

    async Task Read()
    {
        while (await _browser.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                _ready.TrySetResult();
            }
            else if (line.StartsWith("row ", StringComparison.Ordinal))
            {
                _inSight.Add(line[4..]);
            }
            else if (line.Split(' ') is [var id, var time])
            {
                _shown.TryAdd(long.Parse(id, CultureInfo.InvariantCulture), double.Parse(time, CultureInfo.InvariantCulture));
            }
        }
        _ready.TrySetException(new InvalidOperationException("The browser ended before it showed the dashboard."));
    }

    /// <summary>Whether the row of a symbol is drawn.</summary>
    public bool Shows(string symbol) => _inSight.Contains(symbol);

    /// <summary>When a pattern was on the screen, in UTC milliseconds; null where it was not within a second.</summary>
    public async Task<double?> Shown(long pattern)
    {
        for (var waited = 0; waited < 100; waited++)
        {
            if (_shown.TryGetValue(pattern, out var time))
            {
                return time;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _browser.StandardInput.Close();
        await _browser.WaitForExitAsync();
        _browser.Dispose();
    }
}
