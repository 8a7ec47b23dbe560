using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Tidemark.Simulator.Streams;

/// <summary>A client of the streams that a test speaks through.</summary>
sealed class Listener : IDisposable
{
    readonly ClientWebSocket socket = new();
    readonly byte[] buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public static async Task<Listener> To(SimulatorServer server, string path)
    {
        var listener = new Listener();
        await listener.socket.ConnectAsync(new Uri(server.StreamAddress, path), CancellationToken.None);
        return listener;
    }

    public Task Say(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public async Task<string> Ask(string message)
    {
        await Say(message);
        return await HearText();
    }

    public async Task<JsonElement> Hear() => JsonDocument.Parse(await HearText()).RootElement;

    /// <summary>The next message; empty where the connection was closed or cut.</summary>
    public async Task<string> HearText()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var length = 0;
        while (true)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
            }
            catch (WebSocketException)
            {
                return string.Empty;
            }

            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return string.Empty;
            }

            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    public void Dispose() => socket.Dispose();
}
