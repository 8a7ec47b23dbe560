using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Accounts.Sessions;

/// <summary>How a session is carried: by a browser's cookie, or by a program's tokens.</summary>
public enum SessionKind
{
    Web,
    Api,
}

/// <summary>Somebody who is signed in somewhere. The row is the truth: a cookie or token whose row has ended opens nothing.</summary>
public sealed class Session
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required SessionKind Kind { get; init; }
    public byte[]? TokenHash { get; set; }
    public byte[]? RefreshSeed { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person last did something; what a page asks by itself does not count.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
    public required int IdleSeconds { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the person last showed all factors.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
    public required bool SecondFactor { get; set; }
    public required string Browser { get; init; }
    public required string Address { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public string? RevokedWhy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session)
        {
            session.ToTable("sessions");
            session.Property(s => s.Kind).HasConversion(kind => kind.ToString().ToUpperInvariant(), text => Enum.Parse<SessionKind>(text, true));
        }
    }
}

/// <summary>A browser that has signed in to an account before.</summary>
public sealed class Device
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required string Browser { get; set; }
    public required string Address { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Until when it is asked for no second factor.</summary>
    public DateTimeOffset? TrustedUntil { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Device>
    {
        public void Configure(EntityTypeBuilder<Device> device) => device.ToTable("devices");
    }
}
