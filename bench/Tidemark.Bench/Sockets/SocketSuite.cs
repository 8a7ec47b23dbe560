using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;

namespace Tidemark.Bench.Sockets;

/// <summary>
/// Ten thousand sockets held open for ten minutes, all of them cut at once, and the program started anew under them; then five hundred clients that
/// stop reading beside five hundred that read. The real program in one process, the clients in this one, on the same cores.
/// </summary>
static class SocketSuite
{
    const int Opening = 64, Readers = 500, Stalling = 500;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20), Held = TimeSpan.FromMinutes(10), Compared = TimeSpan.FromSeconds(20), MostStalled = TimeSpan.FromSeconds(90);

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll() => [.. await InFolder(Crowd), .. await InFolder(Stalled)];

    static async Task<IReadOnlyList<Measurement>> InFolder(Func<string, Task<IReadOnlyList<Measurement>>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            return await measure(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<IReadOnlyList<Measurement>> Crowd(string folder)
    {
        var server = await ServerProcess.Start("socket-server", folder);
        try
        {
            var tally = new Tally();
            var clients = Clients(SocketServer.Clients, tally);
            using var ending = new CancellationTokenSource();
            var began = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(clients, new ParallelOptions { MaxDegreeOfParallelism = Opening }, async (client, stop) => await client.Open(server.Address, stop));
            var opened = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var address = server.Address;
            var living = clients.Select((client, number) => Live(client, () => Volatile.Read(ref address), new Random(number), tally, ending.Token)).ToList();
            await Until(() => tally.Subscribed == clients.Count);

            await server.Tell("mixture");
            await Task.Delay(WarmUp, TimeProvider.System);
            var (all, own) = (new ConcurrentQueue<double>(), new ConcurrentQueue<double>());
            (tally.ForAll, tally.Own) = (all, own);
            await Task.Delay(Held, TimeProvider.System);
            (tally.ForAll, tally.Own) = (null, null);
            var (closed, memory) = (tally.Ended, server.Memory(atItsHighest: true));
            var wrongBefore = tally.OutOfOrder + tally.Foreign;

            tally.Forget();
            began = Stopwatch.GetTimestamp();
            clients.ForEach(static client => client.Cut());
            await Until(() => tally.Subscribed == clients.Count);
            var cutBack = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await Task.Delay(SocketServer.BetweenFanOuts * 2, TimeProvider.System);
            var (wrong, lost) = (tally.OutOfOrder + tally.Foreign - wrongBefore, tally.Gaps("window"));

            tally.Forget();
            await server.Stop();
            await server.DisposeAsync();
            server = await ServerProcess.Start("socket-server", folder);
            began = Stopwatch.GetTimestamp();
            Volatile.Write(ref address, server.Address);
            await Until(() => tally.Subscribed == clients.Count);
            var restartBack = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await server.Tell("mixture");
            await Task.Delay(SocketServer.BetweenFanOuts * 2, TimeProvider.System);
            var untold = (2 * clients.Count) - tally.Gaps("restart");
            await ending.CancelAsync();
            await Task.WhenAll(living);
            await server.Stop();
            var sockets = $"{SocketServer.Clients:N0} sockets";
            return
            [
                new($"{sockets} opened", opened, "s", 30, "limit"),
                new($"of them closed unexpectedly in {Held.TotalMinutes:0} minutes", closed, "", 0, "limit"),
                new($"messages to one of them ({own.Count:N0}), said to received, 95th percentile", Tally.Percentile(own, 0.95), "ms", 50, "limit"),
                new($"messages to all of them ({all.Count:N0} frames), said to received, 99th percentile", Tally.Percentile(all, 0.99), "ms", 200, "limit"),
                new("memory of the server's process at its highest", memory, "MB", 1_024, "limit"),
                new("messages in those minutes that were another's, lost, doubled or out of order", wrongBefore, "", 0, "limit"),
                new($"{sockets} cut at once: all back and resumed", cutBack, "s", 60, "limit"),
                new("messages lost, doubled, out of order or another's over that", wrong + lost, "", 0, "limit"),
                new("the program ended and started anew: all back after it is ready", restartBack, "s", 60, "limit"),
                new("channels whose listeners were not told that what was said meanwhile is lost", untold, "", 0, "limit"),
            ];
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Reads as long as the line holds and comes back as the browser app does: after a while that doubles, spread by half.</summary>
    static async Task Live(Client client, Func<Uri> address, Random luck, Tally tally, CancellationToken stop)
    {
        while (true)
        {
            await Follow(client, tally, stop);
            if (stop.IsCancellationRequested)
            {
                return;
            }
            for (var failures = 0; ; failures++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(30_000, 500 * Math.Pow(2, failures)) * (0.5 + (luck.NextDouble() / 2))), TimeProvider.System, CancellationToken.None);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
                patience.CancelAfter(TimeSpan.FromSeconds(20));
                try
                {
                    await client.Open(address(), patience.Token);
                    break;
                }
                catch (Exception away) when (away is WebSocketException or OperationCanceledException && !stop.IsCancellationRequested)
                {
                    // The next attempt comes later.
                }
            }
        }
    }

    static async Task<IReadOnlyList<Measurement>> Stalled(string folder)
    {
        await using var server = await ServerProcess.Start("socket-server", folder);
        var (readers, stalling) = (new Tally(), new Tally());
        var (healthy, slow) = (Clients(Readers, readers), Clients(Stalling, stalling, first: Readers, receiveBuffer: 8_192));
        using var ending = new CancellationTokenSource();
        foreach (var client in (IEnumerable<Client>)[.. healthy, .. slow])
        {
            await client.Open(server.Address, CancellationToken.None);
        }
        var reading = healthy.Select(client => Follow(client, readers, ending.Token)).Concat(slow.Select(client => Follow(client, stalling, ending.Token))).ToList();
        await server.Tell("heavy");
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = await Percentile(readers, Compared);
        var memory = server.Memory(atItsHighest: false);

        slow.ForEach(static client => client.Stall());
        var began = Stopwatch.GetTimestamp();
        var during = Percentile(readers, Compared);
        var (letGo, highest) = (double.NaN, memory);
        while (Stopwatch.GetElapsedTime(began) < MostStalled && double.IsNaN(letGo))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            highest = Math.Max(highest, server.Memory(atItsHighest: false));
            letGo = await server.Metric("tidemark_sockets_connections") <= Readers ? Stopwatch.GetElapsedTime(began).TotalSeconds : double.NaN;
        }
        var tooSlow = await server.Metric("tidemark_sockets_too_slow");
        var after = await during;
        var lostReaders = readers.Ended;
        await ending.CancelAsync();
        slow.ForEach(static client => client.Resume());
        await Task.WhenAll(reading);
        await server.Stop();
        return
        [
            new($"{Stalling} of {Readers + Stalling} clients read nothing of {SocketServer.HeavyASecond} messages of 4 KB a second: the others' 99th percentile", after, "ms", before * 1.2, "before, and a fifth"),
            new("memory more than before", highest - memory, "MB", 50, "limit"),
            new("the last of them let go", double.IsNaN(letGo) ? MostStalled.TotalSeconds : letGo, "s", 30, "limit"),
            new("of them let go for another reason than being slow", Math.Abs(Stalling - tooSlow), "", 0, "limit"),
            new("clients let go that did read", lostReaders, "", 0, "limit"),
        ];
    }

    static async Task Follow(Client client, Tally tally, CancellationToken stop)
    {
        await client.Read(stop);
        tally.Ends();
    }

    static async Task<double> Percentile(Tally tally, TimeSpan over)
    {
        var times = new ConcurrentQueue<double>();
        tally.ForAll = times;
        await Task.Delay(over, TimeProvider.System);
        tally.ForAll = null;
        return Tally.Percentile(times, 0.99);
    }

    static List<Client> Clients(int count, Tally tally, int first = 0, int? receiveBuffer = null) =>
        [.. LocalAddresses.For(count, first, receiveBuffer).Select((invoker, number) => new Client(first + number, invoker, tally))];

    static async Task Until(Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(3))
            {
                throw new TimeoutException("The sockets did not come back.");
            }
        }
    }
}
