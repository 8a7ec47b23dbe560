using System.Text.Json;

namespace Tidemark.Platform.Realtime;

/// <summary>How one connection speaks that is not to speak the hub's frames: it hears one channel, in words of its own.</summary>
public abstract class SocketDialect(string channel)
{
    /// <summary>What it hears from the beginning.</summary>
    public string Channel => channel;

    /// <summary>A message of the channel as it says it; null where this connection does not want it.</summary>
    public abstract byte[]? Message(JsonElement data);

    /// <summary>What is answered to a frame of the client; null for nothing.</summary>
    public abstract byte[]? Answer(ReadOnlySpan<byte> frame);
}
