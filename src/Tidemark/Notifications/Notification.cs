using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications;

/// <summary>What a notification is about.</summary>
public enum NotificationKind
{
    Alert,
    Signal,
    Pattern,
    Order,
    Position,
    Portfolio,
    Analysis,
    System,
    Account,
    Broadcast,

    /// <summary>What came in quiet hours, in one message after them.</summary>
    Digest,
    Test,
}

/// <summary>Something a person is told, in the words he reads. It is in his list whatever becomes of its deliveries.</summary>
public sealed class Notification
{
    public long Id { get; private set; }

    /// <summary>The same on every channel and every attempt, so that receivers can tell a repeat.</summary>
    public required string MessageId { get; init; }
    public required long UserId { get; init; }
    public required string Cause { get; init; }
    public required NotificationKind Kind { get; init; }
    public string? Symbol { get; init; }

    /// <summary>Which way the market is expected to go.</summary>
    public Direction? Direction { get; init; }

    /// <summary>How many timeframes agree.</summary>
    public int? Confluence { get; init; }

    /// <summary>Goes through quiet hours.</summary>
    public required bool Urgent { get; init; }

    /// <summary>Whether it stands in the person's list; a digest repeats what is there already.</summary>
    public required bool Listed { get; init; }

    /// <summary>The entitlement its reader must still have when it is sent.</summary>
    public string? Needs { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }

    /// <summary>Where in the app it leads, as a path.</summary>
    public string? Link { get; init; }

    /// <summary>When the cause was true, as far as the market's own time is known.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Shown and sent from then on: a plan may give notifications later.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Why the person does not get it; null when he does.</summary>
    public string? Withheld { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Notification>
    {
        public void Configure(EntityTypeBuilder<Notification> notification)
        {
            notification.ToTable("notifications");
            notification.Property(n => n.Kind).HasConversion(kind => kind.ToString().ToUpperInvariant(), text => Enum.Parse<NotificationKind>(text, true));
            notification.Property(n => n.Direction).HasConversion(direction => direction.ToString()!.ToUpperInvariant(), text => Enum.Parse<Direction>(text, true));
        }
    }
}
