using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Accounts.Keys;

/// <summary>A key a person made for a program. The key itself is shown once and kept as a hash.</summary>
public sealed class ApiKey
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required string Name { get; set; }

    /// <summary>The key's beginning, by which its owner tells it from others.</summary>
    public required string Prefix { get; init; }
    public required byte[] Hash { get; init; }
    public required string[] Scopes { get; set; }
    public required int PerMinute { get; set; }
    public required int PerHour { get; set; }
    public required int PerDay { get; set; }

    /// <summary>Networks it may be used from; all when there are none.</summary>
    public required string[] Allowed { get; set; }

    /// <summary>Networks it may not be used from, whatever is allowed.</summary>
    public required string[] Denied { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public long? ReplacedBy { get; set; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? LastAddress { get; init; }
    public long Uses { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> key) => key.ToTable("api_keys");
    }
}
