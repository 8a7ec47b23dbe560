using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Market.Symbols;

/// <summary>A symbol with candles or to be watched. Only an active one is fetched and streamed.</summary>
public sealed class TrackedSymbol
{
    public int Id { get; private set; }
    public required Symbol Name { get; init; }
    public required bool IsActive { get; set; }

    /// <summary>First day of history to load; null where the setting decides.</summary>
    public DateOnly? FetchFrom { get; set; }

    /// <summary>When somebody last decided whether to watch it; null where only the settings or an import brought it.</summary>
    public DateTimeOffset? DecidedAt { get; set; }
    public required DateTimeOffset AddedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<TrackedSymbol>
    {
        public void Configure(EntityTypeBuilder<TrackedSymbol> symbol)
        {
            symbol.ToTable("market_symbols");
            symbol.Property(s => s.Name).HasConversion(name => name.ToString(), text => Symbol.Parse(text));
            symbol.HasIndex(s => s.Name).IsUnique();
        }
    }
}
