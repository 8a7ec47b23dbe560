using Tidemark.Platform.Api;

namespace Tidemark.Platform.Realtime;

/// <summary>What happens to messages a client has not read yet.</summary>
public enum Delivery
{
    /// <summary>Every message, in order; who falls too far behind is disconnected and resumes.</summary>
    InOrder,

    /// <summary>Only the newest of a channel matters; older unread ones are dropped.</summary>
    LatestWins,
}

/// <summary>
/// A kind of channel of the hub. Its channels are named `name`, or `name:key` where it has one for each of something.
/// </summary>
public sealed record ChannelDefinition(string Name, AccessRule Access, Delivery Delivery = Delivery.InOrder)
{
    /// <summary>The scope an API key needs to hear it; without one, no key hears what not everybody may.</summary>
    public RequiredScope? Scope { get; init; }

    /// <summary>Messages kept for those who come back.</summary>
    public int Kept { get; init; } = 1_000;

    /// <summary>Whether a channel of that key exists and the caller may hear it; without keys by default.</summary>
    public Func<Caller, string?, bool> Admits { get; init; } = static (_, key) => key is null;
}
