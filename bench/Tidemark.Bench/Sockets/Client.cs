using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Tidemark.Bench.Sockets;

/// <summary>One client that hears what everybody hears and what is for it alone, keeps its place in both, and resumes there.</summary>
sealed class Client(int number, HttpMessageInvoker invoker, Tally tally)
{
    readonly Dictionary<string, long> _seen = [];
    readonly string[] _channels = [SocketServer.Everybody, $"{SocketServer.Own}:{number}"];
    readonly byte[] _buffer = new byte[8_192];
    string? _epoch;
    ClientWebSocket? _socket;
    volatile TaskCompletionSource? _stalled;

    /// <summary>Opens a socket and subscribes, behind what it has seen before.</summary>
    public async Task Open(Uri address, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{address.Port}/api/v1/ws"), invoker, stop);
            foreach (var channel in _channels)
            {
                await Say(socket, _epoch is null
                    ? JsonSerializer.Serialize(new { op = "subscribe", channel })
                    : JsonSerializer.Serialize(new { op = "subscribe", channel, resume = new { epoch = _epoch, seq = _seen.GetValueOrDefault(channel) } }));
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        _socket = socket;
    }

    /// <summary>Cuts the line without a word.</summary>
    public void Cut() => _socket!.Abort();

    /// <summary>Stops reading, and leaves the line open.</summary>
    public void Stall() => _stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _stalled?.SetResult();

    /// <summary>Reads until the line ends.</summary>
    public async Task Read(CancellationToken stop)
    {
        var socket = _socket!;
        try
        {
            while (true)
            {
                if (_stalled is { } stalled)
                {
                    await stalled.Task;
                }
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(_buffer.AsMemory(length), stop);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                var now = TimeProvider.System.GetUtcNow();
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }
                await Take(socket, _buffer.AsMemory(0, length), now);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The line was cut, here or there.
        }
        finally
        {
            socket.Dispose();
        }
    }

    async ValueTask Take(ClientWebSocket socket, ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        using var frame = JsonDocument.Parse(bytes);
        var told = frame.RootElement;
        switch (told.GetProperty("type").GetString())
        {
            case "ping":
                await Say(socket, """{"op":"pong"}""");
                break;
            case "subscribed":
                _epoch = told.GetProperty("epoch").GetString();
                _seen.TryAdd(told.GetProperty("channel").GetString()!, told.GetProperty("seq").GetInt64());
                tally.Joined(this);
                break;
            case "gap":
                tally.Gap(this, told.GetProperty("channel").GetString()!, told.GetProperty("reason").GetString()!);
                _seen[told.GetProperty("channel").GetString()!] = told.GetProperty("to").GetInt64();
                break;
            case "message":
                var (channel, seq) = (told.GetProperty("channel").GetString()!, told.GetProperty("seq").GetInt64());
                var expected = _seen.GetValueOrDefault(channel) + 1;
                _seen[channel] = seq;
                tally.Heard(isForeign: !_channels.Contains(channel), isNext: seq == expected, isForAll: channel == SocketServer.Everybody, now - told.GetProperty("at").GetDateTimeOffset());
                break;
        }
    }

    static Task Say(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
