using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Sending;

/// <summary>A notification on its way to one person over one channel, with everything needed to send it.</summary>
public sealed record Parcel(
    long DeliveryId, long Fence, int Attempt, long NotificationId, string MessageId, Recipient To, ChannelAddress Address, long Target,
    NotificationKind Kind, string Title, string Body, string? Link, string? Symbol, Direction? Direction, bool IsUrgent, DateTimeOffset CreatedAt)
{
    /// <summary>Since when the other side may have it from an earlier attempt.</summary>
    public DateTimeOffset Since { get; init; } = CreatedAt;
}

/// <summary>A way to send: knows the other side's protocol and what its answers mean, and nothing of tables.</summary>
public interface INotificationChannel
{
    ChannelKind Kind { get; }

    /// <summary>Whether this server can send by it at all.</summary>
    bool IsOffered { get; }

    Task<SendResult> Send(Parcel parcel, CancellationToken stop);
}

/// <summary>A channel whose service can be asked what it took. It is asked before anything goes there a second time: an answer that was lost, or a sender that was killed, is then no repeat.</summary>
public interface IRemembersMessages
{
    Task<Recollection> Recall(Parcel parcel, CancellationToken stop);
}

/// <summary>What the service calls messages it took that are, word for word, this one; or why it could not be asked.</summary>
public sealed record Recollection(IReadOnlyList<string> Receipts, SendResult? Hindrance = null)
{
    public static Recollection Nothing { get; } = new([]);
}

/// <summary>Which channels this server has.</summary>
public sealed class OfferedChannels(IEnumerable<INotificationChannel> channels)
{
    readonly HashSet<ChannelKind> _offered = [.. channels.Where(channel => channel.IsOffered).Select(channel => channel.Kind)];

    public bool Has(ChannelKind channel) => _offered.Contains(channel);
}
