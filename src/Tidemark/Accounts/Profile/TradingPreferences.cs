using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Accounts.Profile;

/// <summary>How a person sizes trades, and what the app starts with. Fractions: 0.01 is one percent.</summary>
public sealed class TradingPreferences
{
    public required long UserId { get; init; }
    public decimal AccountSize { get; set; } = 10_000m;
    public string AccountCurrency { get; set; } = "USDT";
    public decimal RiskPerTrade { get; set; } = 0.01m;
    public decimal RiskReward { get; set; } = 2m;
    public decimal DailyLossLimit { get; set; } = 0.05m;
    public int MostOpenPositions { get; set; } = 5;
    public string DefaultSymbol { get; set; } = "BTC/USDT";
    public string DefaultTimeframe { get; set; } = "1h";
    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TradingPreferences>
    {
        public void Configure(EntityTypeBuilder<TradingPreferences> preferences)
        {
            preferences.ToTable("trading_preferences");
            preferences.HasKey(p => p.UserId);
            preferences.Property(p => p.UserId).ValueGeneratedNever();
        }
    }
}
