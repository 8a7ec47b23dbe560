using System.Text.Json;
using Tidemark.Platform.Api;

namespace Tidemark.Platform.Realtime;

/// <summary>What a client may say.</summary>
public sealed record ClientFrame(string Op, string? Channel = null, string? Id = null, ResumePoint? Resume = null);

/// <summary>The last message a client has seen of a channel, in which life of the node.</summary>
public sealed record ResumePoint(string Epoch, long Seq);

/// <summary>What the server says, as the bytes that go on the wire.</summary>
static class Frames
{
    public static byte[] Welcome(string connection, string epoch, int idleSeconds) => Write(new { type = "welcome", connection, epoch, idleSeconds });
    public static byte[] Subscribed(string? id, string channel, string epoch, long seq) => Write(new { type = "subscribed", id, channel, epoch, seq });
    public static byte[] Unsubscribed(string? id, string channel) => Write(new { type = "unsubscribed", id, channel });
    public static byte[] Dropped(string channel, TidemarkException why) => Write(new { type = "dropped", channel, code = why.Code.Name, message = why.Message });
    public static byte[] Gap(string channel, string epoch, string reason, long from, long to) => Write(new { type = "gap", channel, epoch, reason, from, to });
    public static byte[] Message(string channel, long seq, DateTimeOffset at, JsonElement data) => Write(new { type = "message", channel, seq, at, data });
    public static byte[] Error(string? id, ErrorCode code, string message) => Write(new { type = "error", id, code = code.Name, message });
    public static byte[] Pong(string? id) => Write(new { type = "pong", id });
    public static byte[] Ping { get; } = Write(new { type = "ping" });

    static byte[] Write<T>(T frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ApiJson.Options);
}

/// <summary>Why the server closes a connection; a client that reads 1012 or 4408 connects again and resumes.</summary>
public static class CloseCodes
{
    public const int Restart = 1012, SignedOut = 4401, TooSlow = 4408, RateLimited = 4429, TooLarge = 1009, NotText = 1003, Idle = 4410;
}
