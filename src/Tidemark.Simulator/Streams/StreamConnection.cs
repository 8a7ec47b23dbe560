using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Tidemark.Simulator.Streams;

/// <summary>One client's socket: what it listens to, how it wants it wrapped, and what waits to be sent.</summary>
sealed class StreamConnection(WebSocket socket, Broadcast broadcast, Sightings sightings, ServerLimits limits, TimeProvider wall, bool isCombined, long unit) : IDisposable
{
    const int LargestMessage = 64 * 1_024;
    const int NormalClosure = 1000;
    const int PolicyViolation = 1008;
    static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    readonly Channel<byte[]> waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(limits.MessagesWaiting) { SingleReader = true });
    readonly List<string> streams = [];
    readonly Queue<long> recentMessages = new();
    readonly long openedAt = wall.GetTimestamp();
    readonly CancellationTokenSource readingEnded = new();
    Farewell? farewell;
    bool isWarned;

    sealed record Farewell(int Code, string Reason);

    /// <summary>Whether messages carry the name of their stream.</summary>
    public bool IsCombined { get; set; } = isCombined;

    public IReadOnlyList<string> Streams => streams;

    /// <summary>Serves the client until it leaves or is sent away.</summary>
    public async Task Run(IEnumerable<string> first, CancellationToken gone)
    {
        broadcast.Join(this);
        Subscribe(first);
        var writing = Write(gone);
        try
        {
            await Read(gone);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone, or its connection was cut.
        }
        finally
        {
            broadcast.Leave(this);
            waiting.Writer.TryComplete();
            await readingEnded.CancelAsync();
            await writing;
        }
    }

    public void Dispose() => readingEnded.Dispose();

    public void Subscribe(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!streams.Contains(name, StringComparer.Ordinal))
            {
                streams.Add(name);
                broadcast.Listen(this, name, unit);
            }
        }

        if (streams.Count > limits.StreamsAConnection)
        {
            Close(PolicyViolation, "Too many streams");
        }
    }

    public void Unsubscribe(IEnumerable<string> names)
    {
        foreach (var name in names.Where(streams.Remove))
        {
            broadcast.Ignore(this, name, unit);
        }
    }

    /// <summary>Queues a message of a stream; a client that lets too many wait is sent away.</summary>
    public void Tell(string stream, byte[] message)
    {
        sightings.Sent();
        Queue(IsCombined ? [.. "{\"stream\":\""u8, .. Encoding.UTF8.GetBytes(stream), .. "\",\"data\":"u8, .. message, .. "}"u8] : message);
    }

    public void TellShutdown(long now)
    {
        var message = Wording.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("e", "serverShutdown");
            json.WriteNumber("E", now * unit);
            json.WriteEndObject();
        });
        Tell("!serverShutdown", message);
    }

    /// <summary>Warns of the end of the connection's life when it is near, and ends it.</summary>
    public void CheckAge(long now)
    {
        var age = wall.GetElapsedTime(openedAt);
        if (!isWarned && age >= limits.ConnectionLife - limits.ShutdownNotice)
        {
            isWarned = true;
            TellShutdown(now);
        }

        if (age >= limits.ConnectionLife)
        {
            Close(1001, "Connection has reached its maximum age");
        }
    }

    public void Close(int code, string reason)
    {
        Interlocked.CompareExchange(ref farewell, new Farewell(code, reason), null);
        waiting.Writer.TryComplete();
    }

    /// <summary>Ends the connection without a word, as a broken line does.</summary>
    public void Cut()
    {
        waiting.Writer.TryComplete();
        socket.Abort();
    }

    void Queue(byte[] message)
    {
        if (!waiting.Writer.TryWrite(message))
        {
            Close(PolicyViolation, "Client is too slow");
        }
    }

    async Task Write(CancellationToken gone)
    {
        try
        {
            await foreach (var message in waiting.Reader.ReadAllAsync(gone))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, gone);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)(farewell?.Code ?? NormalClosure), farewell?.Reason, gone);
            }

            await Task.Delay(CloseWait, wall, readingEnded.Token);
            socket.Abort();
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client is gone, or its connection was cut.
        }
    }

    async Task Read(CancellationToken gone)
    {
        var buffer = new byte[LargestMessage];
        var length = 0;
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), gone);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += received.Count;
            if (!received.EndOfMessage && length < LargestMessage)
            {
                continue;
            }

            if (IsTooFast() || !received.EndOfMessage)
            {
                Close(PolicyViolation, received.EndOfMessage ? "Too many requests" : "Message too large");
                return;
            }

            sightings.ControlMessage();
            Queue(ControlMessages.Answer(this, buffer.AsSpan(0, length)));
            length = 0;
        }
    }

    bool IsTooFast()
    {
        recentMessages.Enqueue(wall.GetTimestamp());
        while (wall.GetElapsedTime(recentMessages.Peek()) >= TimeSpan.FromSeconds(1))
        {
            recentMessages.Dequeue();
        }

        return recentMessages.Count > limits.MessagesASecond;
    }
}
