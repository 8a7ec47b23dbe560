using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Platform.Api;

namespace Tidemark.Accounts;

/// <summary>How the app looks to a person.</summary>
public enum Theme
{
    System,
    Dark,
    Light,
}

/// <summary>Somebody with an account.</summary>
public sealed class User
{
    public long Id { get; private set; }
    public required string Email { get; set; }
    public required string PasswordHash { get; set; }
    public required Role Role { get; set; }
    public required Plan Plan { get; set; }

    /// <summary>Made for trying the product; never in production.</summary>
    public bool IsDemo { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public string Name { get; set; } = "";
    public DateTimeOffset? EmailVerifiedAt { get; set; }

    /// <summary>When an admin made the account; its owner opens it by the mailed link.</summary>
    public DateTimeOffset? InvitedAt { get; set; }
    public DateTimeOffset? PasswordChangedAt { get; set; }
    public DateTimeOffset? LockedAt { get; set; }
    public string? LockReason { get; set; }
    public DateTimeOffset? TermsAcceptedAt { get; set; }
    public DateTimeOffset? PrivacyAcceptedAt { get; set; }
    public DateTimeOffset? AdultConfirmedAt { get; set; }
    public string TimeZone { get; set; } = "UTC";
    public string Language { get; set; } = "en";
    public Theme Theme { get; set; }

    /// <summary>The authenticator's secret, encrypted; null without one.</summary>
    public string? TotpSecret { get; set; }
    public DateTimeOffset? TotpEnabledAt { get; set; }

    /// <summary>The half minute of the newest code that was accepted: none before it is accepted again.</summary>
    public long TotpLastStep { get; set; }
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Where the person's push notifications go.</summary>
    public string NtfyTopic { get; private set; } = null!; // made by the database

    /// <summary>Whether the right password opens it.</summary>
    public bool IsOpen => EmailVerifiedAt is not null && LockedAt is null;
    public bool HasAuthenticator => TotpEnabledAt is not null;
    public string Called => Name.Length > 0 ? Name : Email;

    /// <summary>An address as it is stored and compared.</summary>
    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> user)
        {
            user.ToTable("users");
            user.Property(u => u.Role).HasConversion(role => role.ToString().ToUpperInvariant(), text => Enum.Parse<Role>(text, true));
            user.Property(u => u.Plan).HasConversion(plan => plan.ToString().ToUpperInvariant(), text => Enum.Parse<Plan>(text, true));
            user.Property(u => u.Theme).HasConversion(theme => theme.ToString().ToUpperInvariant(), text => Enum.Parse<Theme>(text, true));
            user.Property(u => u.NtfyTopic).ValueGeneratedOnAdd();
            user.HasIndex(u => u.Email).IsUnique();
            user.Ignore(u => u.IsOpen);
            user.Ignore(u => u.HasAuthenticator);
            user.Ignore(u => u.Called);
        }
    }
}
