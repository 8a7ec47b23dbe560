using System.ComponentModel;
using System.Globalization;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Market.Symbols;
using Tidemark.Notifications.Channels;

namespace Tidemark.Alerts.Reading;

/// <summary>Since when an active alert was not judged, and why.</summary>
public sealed record NotJudged(DateTimeOffset Since, string Reason);

/// <summary>An alert as its owner sees it.</summary>
public sealed record AlertView
{
    public required long Id { get; init; }
    public required long UserId { get; init; }

    [Description("As you wrote it.")]
    public required string Symbol { get; init; }
    public required AlertCondition Condition { get; init; }

    [Description("Null where the condition has none.")]
    public decimal? Threshold { get; init; }
    public required AlertStatus Status { get; init; }

    [Description("Channels for this alert alone; none: as set in your profile.")]
    public required IReadOnlyList<ChannelKind> Channels { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When it became true last, by the market's time.")]
    public DateTimeOffset? TriggeredAt { get; init; }

    [Description("The market that is judged, as BTC/USDT.")]
    public required string Market { get; init; }

    [Description("Whether a dollar coin stands in for the dollar you asked for.")]
    public required bool QuoteSubstituted { get; init; }

    [Description("What it waits for, in one line.")]
    public required string Description { get; init; }
    public AlertMetadata? Metadata { get; init; }
    public string? Timeframe { get; init; }

    [Description("The condition as a formula, in its usual form; null where it is judged otherwise.")]
    public string? Formula { get; init; }
    public required bool Intrabar { get; init; }
    public int? WindowMinutes { get; init; }
    public int? Period { get; init; }
    public string? PatternKind { get; init; }
    public AlertDirection? Direction { get; init; }
    public string? SignalClass { get; init; }
    public required Repeat Repeat { get; init; }
    public required int CooldownMinutes { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? ActiveFrom { get; init; }
    public string? ActiveUntil { get; init; }

    [Description("Whose clock the active hours are by.")]
    public required string TimeZone { get; init; }
    public string? Note { get; init; }

    [Description("How often it told.")]
    public required int Triggers { get; init; }

    [Description("It rests until then after it told; null while it does not.")]
    public DateTimeOffset? RestsUntil { get; init; }

    [Description("All minutes that closed before were judged; null before the first.")]
    public DateTimeOffset? JudgedUntil { get; init; }

    [Description("Where it is active and not judged: since when and why. Null while all is well.")]
    public NotJudged? NotJudged { get; init; }

    [Description("Where the prices come from; null while no market is connected.")]
    public string? Source { get; init; }
    public Provenance? Provenance { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    internal static AlertView Example { get; } = new()
    {
        Id = 101,
        UserId = 1,
        Symbol = "BTC-USD",
        Condition = AlertCondition.PriceAbove,
        Threshold = 50_000,
        Status = AlertStatus.Active,
        Channels = [ChannelKind.Email, ChannelKind.Discord],
        CreatedAt = new(2026, 11, 21, 10, 30, 0, TimeSpan.Zero),
        Market = "BTC/USDT",
        QuoteSubstituted = true,
        Description = "BTC/USDT is above 50000",
        Metadata = new("RSI", 70),
        Timeframe = "1m",
        Intrabar = false,
        Repeat = Repeat.Once,
        CooldownMinutes = 0,
        TimeZone = "UTC",
        Triggers = 0,
        JudgedUntil = new(2026, 11, 21, 10, 42, 0, TimeSpan.Zero),
        Source = "binance",
        Provenance = Tidemark.Market.Provenance.Live,
        ChangedAt = new(2026, 11, 21, 10, 30, 0, TimeSpan.Zero),
    };
}

/// <summary>Puts what is known of alerts together for their owner.</summary>
sealed class AlertViews(AlertRoll roll, AlertProgress progress, SourceInUse inUse, TimeProvider clock)
{
    /// <summary>Minutes close and are judged within seconds; after this it is worth telling that they were not.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<IReadOnlyList<AlertView>> Of(IReadOnlyList<Alert> alerts, CancellationToken stop)
    {
        var (now, source) = (clock.GetUtcNow(), inUse.Current);
        var judged = source is null ? new Dictionary<string, JudgedSeries>() : await progress.OfMinutes(source, stop);
        var watched = alerts.Select(alert => AlertRoll.TryOf(alert, out _)).ToList();
        var refused = await roll.Refused([.. watched.Where((alert, i) => alert is not null && alerts[i].Status == AlertStatus.Active).OfType<WatchedAlert>()], stop);
        return [.. alerts.Select((alert, i) => View(alert, watched[i], judged.GetValueOrDefault(alert.Symbol), watched[i] is null ? "Its condition cannot be read any more; change it." : refused.GetValueOrDefault(alert.Id), source, now))];
    }

    static AlertView View(Alert alert, WatchedAlert? watched, JudgedSeries? judged, string? refusal, MarketSource? source, DateTimeOffset now)
    {
        var restsUntil = watched?.RestsUntil ?? long.MinValue;
        // What a plan lets its reader know later is not to be read here either.
        var isVisible = alert.VisibleAt is not { } visible || visible <= now;
        var status = isVisible || alert.Status != AlertStatus.Triggered ? alert.Status : AlertStatus.Active;
        var isResting = isVisible && alert.Status == AlertStatus.Active && restsUntil > now.ToUnixTimeMilliseconds() && restsUntil != FiringRule.Never;
        return new AlertView
        {
            Id = alert.Id,
            UserId = alert.UserId,
            Symbol = alert.Asked,
            Condition = alert.Condition,
            Threshold = alert.Threshold,
            Status = status,
            Channels = [.. alert.Channels.Select(ChannelWords.Parse)],
            CreatedAt = alert.CreatedAt,
            TriggeredAt = isVisible ? alert.TriggeredAt : null,
            Market = alert.Symbol,
            QuoteSubstituted = Symbol.TryParse(alert.Asked, out var asked) && asked.ToString() != alert.Symbol,
            Description = watched?.Terms.Description ?? alert.Formula ?? alert.Condition.Word(),
            Metadata = alert.Indicator is null && alert.Value is null ? null : new AlertMetadata(alert.Indicator, alert.Value),
            Timeframe = alert.Timeframe is { } minutes ? Tidemark.Quant.Series.Timeframe.OfMinutes(minutes).ToString() : null,
            Formula = alert.Formula ?? watched?.Terms.Formula?.ToString(),
            Intrabar = alert.Intrabar,
            WindowMinutes = alert.WindowMinutes,
            Period = alert.Period,
            PatternKind = alert.Pattern,
            Direction = alert.Direction,
            SignalClass = alert.SignalClass,
            Repeat = alert.Repeat,
            CooldownMinutes = alert.CooldownMinutes,
            ExpiresAt = alert.ExpiresAt,
            ActiveFrom = alert.ActiveFrom?.ToString("HH:mm", CultureInfo.InvariantCulture),
            ActiveUntil = alert.ActiveUntil?.ToString("HH:mm", CultureInfo.InvariantCulture),
            TimeZone = alert.TimeZone,
            Note = alert.Note,
            Triggers = isVisible ? alert.Triggers : Math.Max(0, alert.Triggers - 1),
            RestsUntil = isResting ? DateTimeOffset.FromUnixTimeMilliseconds(restsUntil) : null,
            JudgedUntil = judged?.Until,
            NotJudged = alert.Status == AlertStatus.Active ? WhyNot(alert, judged, refusal, source, now) : null,
            Source = source?.Name,
            Provenance = source?.Provenance,
            ChangedAt = alert.ChangedAt,
        };
    }

    static NotJudged? WhyNot(Alert alert, JudgedSeries? judged, string? refusal, MarketSource? source, DateTimeOffset now)
    {
        var since = judged is { } known && known.Until > alert.ArmedAt ? known.Until : alert.ArmedAt;
        return refusal is not null ? new NotJudged(since, refusal)
            : source is null or { Provenance: Provenance.Recorded } ? new NotJudged(since, "No exchange is connected here.")
            : now - since < Patience ? null
            : new NotJudged(since, judged is null ? "Its market has not been judged yet: no candle of it has come." : judged.Waits ?? "No closed minute was judged since.");
    }
}
