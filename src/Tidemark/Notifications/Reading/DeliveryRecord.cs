using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;

namespace Tidemark.Notifications.Reading;

/// <summary>A row of the delivery log, as it is read; senders write it by their own statements.</summary>
public sealed class DeliveryRecord
{
    public long Id { get; private set; }
    public long NotificationId { get; private set; }
    public long UserId { get; private set; }
    public ChannelKind Channel { get; private set; }

    /// <summary>The browser, where the channel has several.</summary>
    public long Target { get; private set; }
    public DeliveryStatus Status { get; private set; }
    public string? Why { get; private set; }
    public string? StandsInFor { get; private set; }
    public long? DigestId { get; private set; }
    public long? MailId { get; private set; }
    public DateTimeOffset NextAt { get; private set; }
    public int Attempts { get; private set; }
    public long Fence { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? FirstAttemptAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? Receipt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeliveryRecord>
    {
        public void Configure(EntityTypeBuilder<DeliveryRecord> delivery)
        {
            delivery.ToTable("notification_deliveries");
            delivery.Property(d => d.Channel).HasConversion(channel => channel.Word(), text => ChannelWords.Parse(text));
            delivery.Property(d => d.Status).HasConversion(status => status.Word(), text => DeliveryWords.Parse(text));
        }
    }
}

/// <summary>One attempt of a delivery.</summary>
public sealed class DeliveryAttempt
{
    public long Id { get; private set; }
    public long DeliveryId { get; private set; }
    public int Number { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public int TookMs { get; private set; }
    public string Outcome { get; private set; } = "";
    public string? Why { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeliveryAttempt>
    {
        public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt) => attempt.ToTable("notification_attempts");
    }
}
