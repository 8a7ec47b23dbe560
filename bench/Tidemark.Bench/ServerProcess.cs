using System.Diagnostics;
using System.Globalization;

namespace Tidemark.Bench;

/// <summary>The real program in a process of its own, started by one of the bench's own words; a line on its input moves it on.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    readonly Process _process;
    Task _talking = Task.CompletedTask;

    ServerProcess(string word, string folder) =>
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, word, folder]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false },
        };

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    int Id => _process.Id;

    public static async Task<ServerProcess> Start(string word, string folder)
    {
        var server = new ServerProcess(word, folder);
        server._process.Start();
        while (await server._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                server.Address = new Uri($"http://127.0.0.1:{new Uri(line["listening ".Length..]).Port}");
                server._talking = server.Pass();
                return server;
            }
            await Console.Error.WriteLineAsync(line);
        }
        throw new InvalidOperationException("The server did not start.");
    }

    async Task Pass()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            await Console.Error.WriteLineAsync(line);
        }
    }

    /// <summary>The sum of a metric over all its labels; 0 before it was counted first.</summary>
    public async Task<double> Metric(string name)
    {
        using var http = new HttpClient { BaseAddress = Address };
        return (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
    }

    /// <summary>Megabytes of memory it holds, now or at its highest.</summary>
    public double Memory(bool atItsHighest) => File.ReadLines($"/proc/{Id}/status")
        .Where(line => line.StartsWith(atItsHighest ? "VmHWM" : "VmRSS", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024).First();

    public Task Tell(string word) => _process.StandardInput.WriteLineAsync(word);

    public async Task Stop()
    {
        await Tell("stop");
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _talking;
    }

    /// <summary>Ends it the hard way where it was not stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
