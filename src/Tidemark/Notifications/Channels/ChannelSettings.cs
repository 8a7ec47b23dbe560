using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Notifications.Channels;

/// <summary>Which directions a person wants to hear of.</summary>
public enum DirectionFilter
{
    Both,
    Bullish,
    Bearish,
}

/// <summary>How a person wants to hear by one channel, and how that channel has been doing.</summary>
public sealed class ChannelSettings
{
    public required long UserId { get; init; }
    public required ChannelKind Channel { get; init; }
    public bool Enabled { get; set; }

    /// <summary>Only these kinds; all when null.</summary>
    public string[]? Kinds { get; set; }

    /// <summary>Only these symbols; all when null.</summary>
    public string[]? Symbols { get; set; }
    public DirectionFilter Direction { get; set; }

    /// <summary>Fewest timeframes that must agree, where a notification says how many do.</summary>
    public int LeastConfluence { get; set; }

    /// <summary>The hours nothing is sent, in the person's time zone.</summary>
    public TimeOnly? QuietFrom { get; set; }
    public TimeOnly? QuietUntil { get; set; }

    /// <summary>Whether what came in quiet hours arrives as one message after them.</summary>
    public bool Digest { get; set; } = true;

    /// <summary>The address, encrypted for this person and channel.</summary>
    public string? Sealed { get; set; }

    /// <summary>What of the address may be seen again.</summary>
    public string? Shown { get; set; }

    /// <summary>Since when the address is known to be the person's.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
    public byte[]? CodeHash { get; set; }
    public DateTimeOffset? CodeUntil { get; set; }
    public int CodeTries { get; set; }

    /// <summary>Attempts that failed since the last that did not.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>When it is tried again; null while paused means: when its owner says so.</summary>
    public DateTimeOffset? PausedUntil { get; set; }
    public string? PausedWhy { get; set; }
    public int Pauses { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    public bool IsPaused(DateTimeOffset now) => PausedAt is not null && (PausedUntil is null || PausedUntil > now);

    /// <summary>As it is for somebody who never changed anything: in the app, and nowhere else.</summary>
    public static ChannelSettings Usual(long user, ChannelKind channel) => new() { UserId = user, Channel = channel, Enabled = channel == ChannelKind.InApp };

    public void Resume()
    {
        (Failures, FailingSince, Pauses) = (0, null, 0);
        (PausedAt, PausedUntil, PausedWhy) = (null, null, null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ChannelSettings>
    {
        public void Configure(EntityTypeBuilder<ChannelSettings> settings)
        {
            settings.ToTable("notification_channels");
            settings.HasKey(s => new { s.UserId, s.Channel });
            settings.Property(s => s.Channel).HasConversion(channel => channel.Word(), text => ChannelWords.Parse(text));
            settings.Property(s => s.Direction).HasConversion(direction => direction.ToString().ToUpperInvariant(), text => Enum.Parse<DirectionFilter>(text, true));
        }
    }
}

/// <summary>Which channels stand in for one that fails, in this order.</summary>
public sealed class NotificationPreferences
{
    public required long UserId { get; init; }
    public string[] Fallback { get; set; } = [];
    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NotificationPreferences>
    {
        public void Configure(EntityTypeBuilder<NotificationPreferences> preferences)
        {
            preferences.ToTable("notification_preferences");
            preferences.HasKey(p => p.UserId);
            preferences.Property(p => p.UserId).ValueGeneratedNever();
        }
    }
}
