using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Accounts;

/// <summary>What a person may do on the platform, apart from what the plan opens.</summary>
public enum Role
{
    User,
    Provider,
    Admin,
}

/// <summary>What a person pays for.</summary>
public enum Plan
{
    Free,
    Pro,
    Premium,
}

/// <summary>Somebody with an account.</summary>
public sealed class User
{
    public long Id { get; private set; }
    public required string Email { get; init; }
    public required string PasswordHash { get; set; }
    public required Role Role { get; set; }
    public required Plan Plan { get; set; }

    /// <summary>Made for trying the product; never in production.</summary>
    public bool IsDemo { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> user)
        {
            user.ToTable("users");
            user.Property(u => u.Role).HasConversion(role => role.ToString().ToUpperInvariant(), text => Enum.Parse<Role>(text, true));
            user.Property(u => u.Plan).HasConversion(plan => plan.ToString().ToUpperInvariant(), text => Enum.Parse<Plan>(text, true));
            user.HasIndex(u => u.Email).IsUnique();
        }
    }
}
