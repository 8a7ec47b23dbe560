using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Services;

/// <summary>Tells the person's open pages. The list itself is the table; a page that was closed reads it when it opens.</summary>
sealed class InAppChannel(Hub hub) : INotificationChannel
{
    public const string Channel = "notifications";

    public ChannelKind Kind => ChannelKind.InApp;
    public bool IsOffered => true;

    /// <summary>What an open page hears.</summary>
    public sealed record Word(long Id, string MessageId, NotificationKind Kind, string Title, string Body, string? Symbol, Direction? Direction, string? Link, DateTimeOffset CreatedAt);

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        await hub.Publish($"{Channel}:{parcel.To.Id}", new Word(parcel.NotificationId, parcel.MessageId, parcel.Kind, parcel.Title, parcel.Body, parcel.Symbol, parcel.Direction, parcel.Link, parcel.CreatedAt), stop);
        return SendResult.Accepted();
    }
}
