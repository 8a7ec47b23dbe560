using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Tidemark.Bench.Sockets;

namespace Tidemark.Bench.Alerts;

/// <summary>
/// The whole path: the real program in a process of its own judges ten thousand alerts at 500 ticks a second, and this process holds ten thousand
/// sockets open and takes the time from a trade's receipt there to the frame's receipt here.
/// </summary>
static class AlertPathSuite
{
    const int Sockets = 10_000, Opening = 64;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20), Measured = TimeSpan.FromSeconds(60);

    sealed class Figures
    {
        public ConcurrentQueue<double> Times { get; } = new();
        public ConcurrentDictionary<long, bool> Triggers { get; } = new();
        public volatile bool Counts;
        public int Closed;
    }

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            await using var server = await ServerProcess.Start("alert-server", folder.FullName);
            var address = server.Address;
            var people = JsonSerializer.Deserialize<List<Listener>>(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "people.json")))!;
            var figures = new Figures();
            using var ending = new CancellationTokenSource();
            var began = Stopwatch.GetTimestamp();
            var reading = await Open(people, address.Port, figures, ending.Token);
            var opened = Stopwatch.GetElapsedTime(began).TotalSeconds;
            await server.Tell("trade");
            await Task.Delay(WarmUp, TimeProvider.System);
            var before = await server.Metric("tidemark_alerts_ticks");
            figures.Counts = true;
            await Task.Delay(Measured, TimeProvider.System);
            figures.Counts = false;
            var ticks = (await server.Metric("tidemark_alerts_ticks") - before) / Measured.TotalSeconds;
            var memory = server.Memory(atItsHighest: true);
            await ending.CancelAsync();
            await Task.WhenAll(reading);
            await server.Stop();
            return Table(figures, ticks, memory, opened);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Measurement[] Table(Figures figures, double ticks, double memory, double opened)
    {
        var times = figures.Times.Order().ToArray();
        if (times.Length == 0)
        {
            throw new InvalidOperationException("No alert was told.");
        }
        var what = $"{Sockets:N0} sockets, {AlertPathServer.People * AlertPathServer.AlertsEach:N0} alerts, {ticks:0} ticks/s: trade received to frame received, {figures.Triggers.Count:N0} triggers, {times.Length:N0} frames";
        return
        [
            new($"{what}, median", times[times.Length / 2], "ms", 50, "limit"),
            new("the same, 99th percentile", times[(int)(times.Length * 0.99)], "ms", 250, "limit"),
            new("memory of the server's process at its highest", memory, "MB", 1_000, "limit"),
            new($"{Sockets:N0} sockets opened", opened, "s", 30, "limit"),
            new("sockets that closed unexpectedly", figures.Closed, "", 0, "limit"),
        ];
    }

    static async Task<List<Task>> Open(List<Listener> people, int port, Figures figures, CancellationToken stop)
    {
        var reading = new ConcurrentQueue<Task>();
        var invokers = LocalAddresses.For(Sockets);
        await Parallel.ForEachAsync(Enumerable.Range(0, Sockets), new ParallelOptions { MaxDegreeOfParallelism = Opening }, async (i, _) =>
        {
            var person = people[i % people.Count];
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {person.Token}");
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/api/v1/ws"), invokers[i], CancellationToken.None);
            await Say(socket, $$"""{"op":"subscribe","channel":"alerts:{{person.UserId}}"}""");
            reading.Enqueue(Read(socket, figures, stop));
        });
        return [.. reading];
    }

    static Task Say(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    static async Task Read(ClientWebSocket socket, Figures figures, CancellationToken stop)
    {
        var buffer = new byte[2_048];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                var now = TimeProvider.System.GetUtcNow();
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    Interlocked.Increment(ref figures.Closed);
                    return;
                }
                await Take(socket, buffer.AsMemory(0, part.Count), now, figures);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        catch (WebSocketException)
        {
            Interlocked.Increment(ref figures.Closed);
        }
        finally
        {
            socket.Dispose();
        }
    }

    static async ValueTask Take(ClientWebSocket socket, ReadOnlyMemory<byte> frame, DateTimeOffset now, Figures figures)
    {
        using var told = JsonDocument.Parse(frame);
        switch (told.RootElement.GetProperty("type").GetString())
        {
            case "ping":
                await Say(socket, """{"op":"pong"}""");
                break;
            case "message" when figures.Counts:
                var data = told.RootElement.GetProperty("data");
                if (!data.GetProperty("late").GetBoolean())
                {
                    figures.Times.Enqueue((now - data.GetProperty("receivedAt").GetDateTimeOffset()).TotalMilliseconds);
                    figures.Triggers.TryAdd(data.GetProperty("triggerId").GetInt64(), true);
                }
                break;
        }
    }
}
