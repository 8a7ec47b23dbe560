using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Realtime;

/// <summary>One client's socket: reads its frames, and writes its queue at the client's own pace.</summary>
sealed class HubConnection(WebSocket socket, string id, Caller caller, Hub hub, HubLimits limits, TimeProvider clock) : IDisposable
{
    // Bounded by count of what is new; what a resume brings back is bounded by the channel's window and does not count as slowness.
    readonly Channel<Outgoing> _queue = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    readonly Dictionary<LiveChannel, byte[]> _latest = [];
    readonly HashSet<LiveChannel> _joined = [];
    readonly Lock _joining = new();
    // Ends in an abort: how long a close may take against a client that does not read.
    readonly CancellationTokenSource _patience = new(Timeout.InfiniteTimeSpan, clock);
    readonly Lock _gate = new();
    volatile Farewell? _close;
    volatile Caller _caller = caller;
    int _waiting;
    long _lastHeard = clock.GetTimestamp();
    long _allowanceAt = clock.GetTimestamp();
    double _allowance = limits.Burst;

    readonly record struct Outgoing(byte[]? Frame, LiveChannel? Newest, long QueuedAt, bool IsReplay = false);

    sealed record Farewell(int Code, string Reason);

    /// <summary>Who is at the other end, as last looked up.</summary>
    public Caller Caller => _caller;

    public async Task Run(CancellationToken gone)
    {
        using var abortWhenLate = _patience.Token.Register(socket.Abort);
        using var ended = new CancellationTokenSource();
        Queue(Frames.Welcome(id, hub.Epoch, (int)limits.Idle.TotalSeconds));
        var writing = Write();
        var watching = Watch(ended.Token);
        try
        {
            await Read(gone);
        }
        finally
        {
            lock (_joining)
            {
                foreach (var channel in _joined)
                {
                    channel.Leave(this);
                }
            }
            _queue.Writer.TryComplete();
            _patience.CancelAfter(limits.CloseWait);
            await writing;
            await ended.CancelAsync();
            await watching;
        }
    }

    /// <summary>Takes note of what the caller may now; channels he may no longer hear end here, each with a word.</summary>
    public void Become(Caller now)
    {
        _caller = now;
        lock (_joining)
        {
            foreach (var channel in _joined.Where(channel => hub.Refuses(channel.Name, now) is not null).ToList())
            {
                _joined.Remove(channel);
                channel.Leave(this);
                Queue(Frames.Dropped(channel.Name, hub.Refuses(channel.Name, now)!));
            }
        }
    }

    /// <summary>Queues a frame of its own: an answer, a ping.</summary>
    public void Queue(byte[] frame) => Offer(new Outgoing(frame, null, clock.GetTimestamp()));

    /// <summary>Queues a message of a channel by the channel's manner; never waits for this client.</summary>
    public void Queue(LiveChannel channel, byte[] frame)
    {
        if (channel.Delivery == Delivery.InOrder)
        {
            Offer(new Outgoing(frame, null, clock.GetTimestamp()));
            return;
        }
        bool isWaiting;
        lock (_gate)
        {
            isWaiting = !_latest.TryAdd(channel, frame);
            if (isWaiting)
            {
                _latest[channel] = frame;
                HubMeter.Superseded.Add(1);
            }
        }
        if (!isWaiting)
        {
            Offer(new Outgoing(null, channel, clock.GetTimestamp()));
        }
    }

    /// <summary>Queues a kept message for a client that came back.</summary>
    public void Replay(byte[] frame) => _queue.Writer.TryWrite(new Outgoing(frame, null, clock.GetTimestamp(), IsReplay: true));

    void Offer(Outgoing outgoing)
    {
        if (Interlocked.Increment(ref _waiting) > limits.QueueLength)
        {
            Close(CloseCodes.TooSlow, "You read too slowly; connect again and resume.");
            return;
        }
        _queue.Writer.TryWrite(outgoing);
    }

    /// <summary>Says why behind the frame being written, and cuts a client that does not take it in time.</summary>
    public void Close(int code, string reason)
    {
        lock (_gate)
        {
            if (_close is not null)
            {
                return;
            }
            _close = new(code, reason);
        }
        if (code == CloseCodes.TooSlow)
        {
            HubMeter.TooSlow.Add(1);
        }
        _queue.Writer.TryComplete();
        try
        {
            _patience.CancelAfter(limits.CloseWait);
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself in the same moment.
        }
    }

    async Task Write()
    {
        try
        {
            await foreach (var outgoing in _queue.Reader.ReadAllAsync())
            {
                if (_close is not null)
                {
                    break;
                }
                if (!outgoing.IsReplay)
                {
                    Interlocked.Decrement(ref _waiting);
                }
                await socket.SendAsync(outgoing.Frame ?? Take(outgoing.Newest!), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                HubMeter.Sent.Add(1);
                HubMeter.QueueAge.Record(clock.GetElapsedTime(outgoing.QueuedAt).TotalSeconds);
            }
            if (_close is { } close && socket.State is (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The client is gone; Read sees the same and ends the connection.
        }
    }

    public void Dispose() => _patience.Dispose();

    byte[] Take(LiveChannel channel)
    {
        lock (_gate)
        {
            _latest.Remove(channel, out var frame);
            return frame!;
        }
    }

    /// <summary>Pings the quiet, closes the silent.</summary>
    async Task Watch(CancellationToken ending)
    {
        try
        {
            using var timer = new PeriodicTimer(limits.Idle / 4, clock);
            while (await timer.WaitForNextTickAsync(ending))
            {
                var silence = clock.GetElapsedTime(Interlocked.Read(ref _lastHeard));
                if (silence > limits.Idle)
                {
                    Close(CloseCodes.Idle, "Nothing was heard from you.");
                }
                else if (silence > limits.Idle / 2)
                {
                    Queue(Frames.Ping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ends.
        }
    }

    async Task Read(CancellationToken gone)
    {
        var buffer = new byte[limits.LargestFrame];
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var (length, ended) = await ReadFrame(buffer, gone);
                if (ended)
                {
                    return;
                }
                Interlocked.Exchange(ref _lastHeard, clock.GetTimestamp());
                if (_close is null && Spend())
                {
                    Handle(buffer.AsSpan(0, length));
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // A cut line is an ordinary end.
        }
    }

    /// <summary>Reads one whole text frame; ended once the client closes.</summary>
    async Task<(int Length, bool Ended)> ReadFrame(byte[] buffer, CancellationToken gone)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), gone);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                Close(CloseCodes.NotText, "Frames are text.");
            }
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (_close is null && socket.State == WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, gone);
                }
                return (0, true);
            }
            if (part.EndOfMessage)
            {
                return (length, false);
            }
            if (length == buffer.Length)
            {
                Close(CloseCodes.TooLarge, $"A frame may have {limits.LargestFrame} bytes.");
                length = 0;
            }
        }
    }

    /// <summary>A bucket that refills: short bursts pass, a flood is closed.</summary>
    bool Spend()
    {
        var now = clock.GetTimestamp();
        _allowance = Math.Min(limits.Burst, _allowance + (clock.GetElapsedTime(_allowanceAt, now).TotalSeconds * limits.FramesPerSecond));
        _allowanceAt = now;
        if (_allowance >= 1)
        {
            _allowance--;
            return true;
        }
        Close(CloseCodes.RateLimited, $"More than {limits.FramesPerSecond} frames a second.");
        return false;
    }

    void Handle(ReadOnlySpan<byte> bytes)
    {
        ClientFrame? frame;
        try
        {
            frame = JsonSerializer.Deserialize<ClientFrame>(bytes, ApiJson.Options);
        }
        catch (JsonException)
        {
            frame = null;
        }
        switch (frame)
        {
            case { Op: "subscribe", Channel: { } name }:
                Subscribe(frame, name);
                break;
            case { Op: "unsubscribe", Channel: { } name }:
                lock (_joining)
                {
                    if (hub.FindOpen(name) is { } left && _joined.Remove(left))
                    {
                        left.Leave(this);
                    }
                }
                Queue(Frames.Unsubscribed(frame.Id, name));
                break;
            case { Op: "ping" }:
                Queue(Frames.Pong(frame.Id));
                break;
            case { Op: "pong" }:
                break;
            default:
                Queue(Frames.Error(frame?.Id, ErrorCode.BadRequest, "A frame is a JSON object with op subscribe, unsubscribe, ping or pong; the first two name a channel."));
                break;
        }
    }

    void Subscribe(ClientFrame frame, string name)
    {
        try
        {
            // The lock spans judging and joining, so that a right taken away in between is noticed by one of the two.
            lock (_joining)
            {
                var channel = hub.Open(name, _caller);
                if (_joined.Count >= limits.ChannelsPerConnection && !_joined.Contains(channel))
                {
                    throw new TidemarkException(ErrorCode.BadRequest, $"A connection may hear {limits.ChannelsPerConnection} channels.");
                }
                if (!_joined.Add(channel))
                {
                    channel.Leave(this);
                }
                channel.Join(this, frame.Id, frame.Resume);
            }
        }
        catch (TidemarkException refused)
        {
            Queue(Frames.Error(frame.Id, refused.Code, refused.Message));
        }
    }
}

/// <summary>What one connection may use.</summary>
public sealed record HubLimits
{
    public int QueueLength { get; init; } = 2_048;
    public int LargestFrame { get; init; } = 8 * 1024;
    public int ChannelsPerConnection { get; init; } = 200;
    public int FramesPerSecond { get; init; } = 20;
    public int Burst { get; init; } = 250;
    public int Connections { get; init; } = 10_000;
    public int ConnectionsPerNetwork { get; init; } = 1_000;
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan CloseWait { get; init; } = TimeSpan.FromSeconds(5);
}
