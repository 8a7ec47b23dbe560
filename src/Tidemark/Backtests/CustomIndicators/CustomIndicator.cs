using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Backtests.CustomIndicators;

/// <summary>An indicator that somebody wrote as a formula.</summary>
public sealed class CustomIndicator
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required string Name { get; init; }
    public required string Formula { get; init; }
    public required string Description { get; init; }

    /// <summary>Its settings as JSON: name, default, minimum and maximum of each.</summary>
    public required string Parameters { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomIndicator>
    {
        public void Configure(EntityTypeBuilder<CustomIndicator> indicator)
        {
            indicator.ToTable("custom_indicators");
            indicator.Property(one => one.Parameters).HasColumnType("jsonb");
        }
    }
}
