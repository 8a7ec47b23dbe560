using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Alerts.Kinds;

namespace Tidemark.Alerts;

/// <summary>What a person wants to be told when it happens.</summary>
public sealed class Alert
{
    public long Id { get; private set; }
    public required long UserId { get; init; }

    /// <summary>The market's own name, as BTC/USDT.</summary>
    public required string Symbol { get; set; }

    /// <summary>The symbol as its owner wrote it.</summary>
    public required string Asked { get; set; }
    public required AlertCondition Condition { get; set; }
    public decimal? Threshold { get; set; }
    public required AlertStatus Status { get; set; }

    /// <summary>Channels chosen for this alert; none: as set in the profile.</summary>
    public required string[] Channels { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Rises with every change of what is judged.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Length of the candles it is judged on or counts by, in minutes; null for patterns and signals of every timeframe.</summary>
    public required short? Timeframe { get; set; }
    public required Repeat Repeat { get; set; }
    public required int CooldownMinutes { get; set; }
    public required bool Intrabar { get; set; }
    public string? Indicator { get; set; }
    public decimal? Value { get; set; }
    public string? Formula { get; set; }
    public int? WindowMinutes { get; set; }
    public int? Period { get; set; }
    public string? Pattern { get; set; }
    public AlertDirection? Direction { get; set; }
    public string? SignalClass { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public TimeOnly? ActiveFrom { get; set; }
    public TimeOnly? ActiveUntil { get; set; }

    /// <summary>Whose clock the active hours are by.</summary>
    public required string TimeZone { get; set; }
    public string? Note { get; set; }

    /// <summary>What happened before does not count.</summary>
    public required DateTimeOffset ArmedAt { get; set; }
    public int Triggers { get; private set; }
    public DateTimeOffset? TriggeredAt { get; private set; }

    /// <summary>The bar it told in last.</summary>
    public DateTimeOffset? LastBar { get; private set; }

    /// <summary>From when its owner may read of the last trigger: a plan may tell later.</summary>
    public DateTimeOffset? VisibleAt { get; private set; }

    /// <summary>A slot that counts against the plan while the alert may still tell.</summary>
    public string Place => PlaceOf(Id);

    public static string PlaceOf(long id) => $"alert:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Alert>
    {
        public void Configure(EntityTypeBuilder<Alert> alert)
        {
            alert.ToTable("alerts");
            alert.Ignore(a => a.Place);
            alert.Property(a => a.Condition).HasConversion(condition => condition.Word(), text => AlertWords.Parse<AlertCondition>(text));
            alert.Property(a => a.Status).HasConversion(status => status.Word(), text => AlertWords.Parse<AlertStatus>(text));
            alert.Property(a => a.Repeat).HasConversion(repeat => repeat.Word(), text => AlertWords.Parse<Repeat>(text));
            alert.Property(a => a.Direction).HasConversion(direction => direction!.Value.Word(), text => AlertWords.Parse<AlertDirection>(text));
        }
    }
}
