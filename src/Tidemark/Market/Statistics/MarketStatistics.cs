using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Market.Statistics;

/// <summary>Figures of a symbol that lists show at once; as old as ComputedAt says, made every five minutes.</summary>
public sealed class MarketStatistics
{
    public short Source { get; private init; }
    public int Symbol { get; private init; }
    public DateTimeOffset ComputedAt { get; private init; }

    /// <summary>Candles of all timeframes together.</summary>
    public long Candles { get; private init; }
    public DateTimeOffset LastOpen { get; private init; }
    public double LastPrice { get; private init; }

    /// <summary>Changes are fractions of the earlier price; null where history does not reach back that far.</summary>
    public double? Change1h { get; private init; }
    public double? Change24h { get; private init; }
    public double? Change7d { get; private init; }
    public double? High24h { get; private init; }
    public double? Low24h { get; private init; }
    public double Volume24h { get; private init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MarketStatistics>
    {
        public void Configure(EntityTypeBuilder<MarketStatistics> statistics)
        {
            statistics.ToTable("market_statistics");
            statistics.HasKey(s => new { s.Source, s.Symbol });
        }
    }
}
