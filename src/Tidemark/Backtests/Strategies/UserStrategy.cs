using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Backtests.Strategies;

/// <summary>A strategy that somebody wrote as formulas.</summary>
public sealed class UserStrategy
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required string Title { get; set; }

    /// <summary>The newest version's number.</summary>
    public required int Version { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<UserStrategy>
    {
        public void Configure(EntityTypeBuilder<UserStrategy> strategy) => strategy.ToTable("user_strategies");
    }
}

/// <summary>One version of it; never changed.</summary>
public sealed class UserStrategyVersion
{
    public required long Strategy { get; init; }
    public required int Version { get; init; }
    public required long UserId { get; init; }
    public required string Title { get; init; }
    public required string Note { get; init; }

    /// <summary>The formulas as JSON.</summary>
    public required string Formulas { get; init; }

    /// <summary>Its settings as JSON.</summary>
    public required string Parameters { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<UserStrategyVersion>
    {
        public void Configure(EntityTypeBuilder<UserStrategyVersion> version)
        {
            version.ToTable("user_strategy_versions");
            version.HasKey(one => new { one.Strategy, one.Version });
            version.Property(one => one.Formulas).HasColumnType("jsonb");
            version.Property(one => one.Parameters).HasColumnType("jsonb");
        }
    }
}
