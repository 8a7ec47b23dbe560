using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Tidemark.Platform.Realtime;

/// <summary>A client of the hub for tests: says frames, hears frames.</summary>
sealed class Talker : IAsyncDisposable
{
    readonly byte[] _buffer = new byte[256 * 1024];

    public ClientWebSocket Socket { get; } = new();
    public string Epoch { get; private set; } = "";

    public static async Task<Talker> Connect(Uri server, string? origin = null, params (string Name, string Value)[] headers)
    {
        var talker = new Talker();
        if (origin is not null)
        {
            talker.Socket.Options.SetRequestHeader("Origin", origin);
        }
        foreach (var (name, value) in headers)
        {
            talker.Socket.Options.SetRequestHeader(name, value);
        }
        await talker.Socket.ConnectAsync(new Uri($"ws://{server.Authority}/api/v1/ws"), CancellationToken.None);
        talker.Epoch = (await talker.Hear("welcome")).GetProperty("epoch").GetString()!;
        return talker;
    }

    public Task Say(object frame) => SayText(JsonSerializer.Serialize(frame));

    public Task SayText(string text) => Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async Task<long> Subscribe(string channel, string? epoch = null, long seq = 0)
    {
        await Say(epoch is null ? new { op = "subscribe", channel, id = "s" } : new { op = "subscribe", channel, id = "s", resume = new { epoch, seq } });
        return (await Hear("subscribed")).GetProperty("seq").GetInt64();
    }

    /// <summary>The next frame; an undefined element when the server closed.</summary>
    public async Task<JsonElement> Hear(CancellationToken stop = default)
    {
        var length = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(_buffer.AsMemory(length), stop);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return default;
            }
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonElement.Parse(_buffer.AsSpan(0, length));
            }
        }
    }

    /// <summary>The next frame of that type; pings between are skipped.</summary>
    public async Task<JsonElement> Hear(string type)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var frame = await Hear(patience.Token);
            if (frame.ValueKind == JsonValueKind.Undefined)
            {
                throw new InvalidOperationException($"The server closed with {Socket.CloseStatus} {Socket.CloseStatusDescription} instead of saying {type}.");
            }
            if (frame.GetProperty("type").GetString() == type)
            {
                return frame;
            }
        }
    }

    public async Task<long[]> HearMessages(int count)
    {
        var seen = new long[count];
        for (var i = 0; i < count; i++)
        {
            seen[i] = (await Hear("message")).GetProperty("seq").GetInt64();
        }
        return seen;
    }

    /// <summary>The numbers of all messages until the end, and the code of the close; none when the line was cut.</summary>
    public async Task<(List<long> Seen, int? Code)> HearUntilClosed()
    {
        var seen = new List<long>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await Hear(patience.Token) is { ValueKind: not JsonValueKind.Undefined } frame)
            {
                if (frame.GetProperty("type").GetString() == "message")
                {
                    seen.Add(frame.GetProperty("seq").GetInt64());
                }
            }
        }
        catch (WebSocketException)
        {
            return (seen, null);
        }
        return (seen, (int?)Socket.CloseStatus);
    }

    public async Task<int> HearClose()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await Hear(patience.Token)).ValueKind != JsonValueKind.Undefined)
        {
            // What was on its way before the close.
        }
        return (int)Socket.CloseStatus!.Value;
    }

    public ValueTask DisposeAsync()
    {
        Socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
