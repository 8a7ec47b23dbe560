using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Realtime;

/// <summary>One client's socket: reads its frames, and writes its queue at the client's own pace.</summary>
sealed class HubConnection(WebSocket socket, string id, Caller caller, Hub hub, HubLimits limits, TimeProvider clock, SocketDialect? dialect = null) : IDisposable
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
    // Of the frame that is being written: when it was queued and when its writing began; 0 while none is.
    long _oldest, _writingSince;
    long _lastHeard = clock.GetTimestamp();
    // A ping goes ahead of what waits; the client's time to answer begins when it is written. When it was, of the last that was written whole.
    volatile bool _pingDue;
    long _pingedAt;
    long _allowanceAt = clock.GetTimestamp();
    double _allowance = limits.Burst;

    readonly record struct Outgoing(byte[]? Frame, LiveChannel? Newest, long QueuedAt, bool IsReplay = false)
    {
        /// <summary>It only wakes the writer.</summary>
        public bool IsNothing => Frame is null && Newest is null;
    }

    sealed record Farewell(int Code, string Reason);

    /// <summary>Who is at the other end, as last looked up.</summary>
    public Caller Caller => _caller;

    public async Task Run(CancellationToken gone)
    {
        using var abortWhenLate = _patience.Token.Register(socket.Abort);
        using var ended = new CancellationTokenSource();
        Queue(Frames.Welcome(id, hub.Epoch, (int)limits.Idle.TotalSeconds));
        if (dialect is not null)
        {
            Subscribe(new ClientFrame("subscribe", dialect.Channel), dialect.Channel);
        }
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
                if (dialect is not null)
                {
                    Close(CloseCodes.SignedOut, "You may not hear this any more.");
                }
            }
        }
    }

    /// <summary>Queues a frame of its own: an answer, a ping. A dialect has its own words for what it says at all.</summary>
    public void Queue(byte[] frame)
    {
        if (dialect is null)
        {
            Offer(new Outgoing(frame, null, clock.GetTimestamp()));
        }
    }

    /// <summary>Queues a message of a channel by the channel's manner; never waits for this client.</summary>
    public void Queue(LiveChannel channel, byte[] frame, JsonElement data)
    {
        if (dialect is not null)
        {
            if (dialect.Message(data) is { } own)
            {
                Offer(new Outgoing(own, null, clock.GetTimestamp()));
            }
            return;
        }
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
        var waiting = Interlocked.Increment(ref _waiting);
        if (waiting > limits.QueueLength && (waiting > limits.QueueMost || Lag > limits.SlowAfter))
        {
            Close(CloseCodes.TooSlow, "You read too slowly; connect again and resume.");
            return;
        }
        _queue.Writer.TryWrite(outgoing);
    }

    /// <summary>How long the oldest frame that is not written yet has waited: many frames at once are no slowness.</summary>
    TimeSpan Lag => Since(ref _oldest);

    TimeSpan Since(ref long moment) => Interlocked.Read(ref moment) is var at && at != 0 ? clock.GetElapsedTime(at) : TimeSpan.Zero;

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
                if (_pingDue)
                {
                    _pingDue = false;
                    // The answer may be there before the writing is done: the moment is that before it.
                    var at = clock.GetTimestamp();
                    await Send(Frames.Ping, at);
                    Interlocked.Exchange(ref _pingedAt, at);
                }
                if (outgoing.IsNothing)
                {
                    continue;
                }
                if (!outgoing.IsReplay)
                {
                    Interlocked.Decrement(ref _waiting);
                }
                await Send(outgoing.Frame ?? Take(outgoing.Newest!), outgoing.QueuedAt);
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

    async ValueTask Send(byte[] frame, long queuedAt)
    {
        Interlocked.Exchange(ref _oldest, queuedAt);
        Interlocked.Exchange(ref _writingSince, clock.GetTimestamp());
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Interlocked.Exchange(ref _writingSince, 0);
        Interlocked.Exchange(ref _oldest, 0);
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

    /// <summary>Pings the quiet, closes the silent and those who take nothing. A look that comes late itself closes nobody: it was this server that stood still.</summary>
    async Task Watch(CancellationToken ending)
    {
        try
        {
            var between = limits.FrameMost / 2 < limits.Idle / 4 ? limits.FrameMost / 2 : limits.Idle / 4;
            using var timer = new PeriodicTimer(between, clock);
            for (var looked = clock.GetTimestamp(); await timer.WaitForNextTickAsync(ending); looked = clock.GetTimestamp())
            {
                if (clock.GetElapsedTime(looked) > between * 2)
                {
                    Interlocked.Exchange(ref _lastHeard, clock.GetTimestamp());
                    if (Interlocked.Read(ref _writingSince) is var since and not 0)
                    {
                        Interlocked.CompareExchange(ref _writingSince, clock.GetTimestamp(), since);
                    }
                    continue;
                }
                if (Since(ref _writingSince) > limits.FrameMost)
                {
                    Close(CloseCodes.TooSlow, "You did not take a frame for too long; connect again and resume.");
                }
                else if (dialect is null)
                {
                    AskForLife();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ends.
        }
    }

    void AskForLife()
    {
        var (heard, pinged) = (Interlocked.Read(ref _lastHeard), Interlocked.Read(ref _pingedAt));
        if (pinged > heard)
        {
            if (clock.GetElapsedTime(pinged) > limits.Idle / 2)
            {
                Close(CloseCodes.Idle, "Nothing was heard from you.");
            }
        }
        else if (!_pingDue && clock.GetElapsedTime(heard) > limits.Idle / 2)
        {
            _pingDue = true;
            _queue.Writer.TryWrite(default);
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
        if (dialect is not null)
        {
            if (dialect.Answer(bytes) is { } answer)
            {
                Offer(new Outgoing(answer, null, clock.GetTimestamp()));
            }
            return;
        }
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
                while (!channel.Join(this, frame.Id, frame.Resume))
                {
                    hub.Drop(channel);
                    channel = hub.Open(name, _caller);
                }
                _joined.Add(channel);
            }
        }
        catch (TidemarkException refused)
        {
            Queue(Frames.Error(frame.Id, refused.Code, refused.Message));
        }
    }
}
