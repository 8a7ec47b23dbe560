using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tidemark.Alerts.Kinds;

namespace Tidemark.Alerts;

/// <summary>That an alert's condition became true; the engine writes it by its own statements.</summary>
public sealed class AlertTrigger
{
    public long Id { get; private set; }
    public long AlertId { get; private set; }
    public long UserId { get; private set; }

    /// <summary>The how manieth of its alert.</summary>
    public int Number { get; private set; }

    /// <summary>What it was: a bar, a minute, a pattern. One tells once.</summary>
    public string Occasion { get; private set; } = "";
    public AlertCondition Condition { get; private set; }
    public string Symbol { get; private set; } = "";
    public string Source { get; private set; } = "";
    public string Provenance { get; private set; } = "";
    public string Description { get; private set; } = "";
    public decimal? Threshold { get; private set; }
    public double Price { get; private set; }

    /// <summary>What was compared, where it is not the price.</summary>
    public double? Value { get; private set; }

    /// <summary>Length of the candle it became true in, in minutes.</summary>
    public short Timeframe { get; private set; }

    /// <summary>What was judged, where it was a formula.</summary>
    public string? Formula { get; private set; }
    public bool Intrabar { get; private set; }

    /// <summary>Open time of the candle it became true in.</summary>
    public DateTimeOffset Bar { get; private set; }

    /// <summary>Found from stored candles after the program was away.</summary>
    public bool Late { get; private set; }
    public string? MessageId { get; private set; }
    public string? Withheld { get; private set; }
    public DateTimeOffset NotBefore { get; private set; }
    public DateTimeOffset ExchangeAt { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateTimeOffset EvaluatedAt { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }
    public DateTimeOffset? CommittedAt { get; private set; }
    public DateTimeOffset? ToldAt { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public string? AcceptedBy { get; private set; }
    public Verdict? Verdict { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>How far the price was from the trigger's an hour later, as a fraction.</summary>
    public double? MoveHour { get; private set; }
    public double? MoveDay { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AlertTrigger>
    {
        public void Configure(EntityTypeBuilder<AlertTrigger> trigger)
        {
            trigger.ToTable("alert_triggers");
            trigger.Property(t => t.Condition).HasConversion(condition => condition.Word(), text => AlertWords.Parse<AlertCondition>(text));
            trigger.Property(t => t.Verdict).HasConversion(verdict => verdict!.Value.Word(), text => AlertWords.Parse<Verdict>(text));
        }
    }
}
