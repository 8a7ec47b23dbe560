using Npgsql;
using Tidemark.Alerts.Kinds;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// What the channel of a person's alerts says. The first six fields are the whole frame of /ws/alerts; the hub's listeners get the rest as well.
/// </summary>
public sealed record AlertFrame(
    string Type,
    long AlertId,
    string Symbol,
    double CurrentPrice,
    decimal? Threshold,
    DateTimeOffset Timestamp,
    long TriggerId,
    string Market,
    AlertCondition Condition,
    string Description,
    bool Late,
    string Source,
    string Provenance,
    DateTimeOffset ReceivedAt,
    DateTimeOffset EvaluatedAt,
    DateTimeOffset CommittedAt)
{
    public const string Triggered = "ALERT_TRIGGERED";
}

/// <summary>
/// Tells open pages and the modules above what was committed, never before. What a plan lets people read later is told later; what a crash
/// kept from being told is told by whoever judges next.
/// </summary>
public sealed class TriggerHerald(Hub hub, IEventBus bus, NpgsqlDataSource source, TimeProvider clock, ILogger<TriggerHerald> log)
{
    public const string Channel = "alerts";

    /// <summary>What was to be told longer ago is history.</summary>
    static readonly TimeSpan News = TimeSpan.FromHours(1);

    /// <summary>Who wrote it tells it as well; after this long he did not.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static string Of(long user) => $"{Channel}:{user}";

    public async Task Tell(IReadOnlyList<WrittenTrigger> written, CancellationToken stop)
    {
        if (written.Count == 0)
        {
            return;
        }
        var committedAt = clock.GetUtcNow();
        var told = new List<long>(written.Count);
        foreach (var trigger in written)
        {
            AlertMeter.Triggers.Add(1, new KeyValuePair<string, object?>("condition", trigger.Condition.Word()), new KeyValuePair<string, object?>("late", trigger.IsLate));
            if (!trigger.IsLate)
            {
                AlertMeter.Evaluated.Record((trigger.EvaluatedAt - trigger.ReceivedAt).TotalSeconds);
                AlertMeter.Committed.Record((committedAt - trigger.ReceivedAt).TotalSeconds);
            }
            if (trigger.Withheld is null && trigger.NotBefore <= committedAt && await Publish(trigger, committedAt, stop))
            {
                told.Add(trigger.Id);
            }
        }
        await Stamp([.. written.Select(one => one.Id)], committedAt, told, stop);
    }

    /// <summary>Tells what is due by now and was not told yet.</summary>
    public async Task TellWaiting(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var waiting = new List<(WrittenTrigger Trigger, DateTimeOffset CommittedAt)>();
        await using (var select = AlertSql.Command(
            source,
            """
            SELECT t.id, t.alert_id, t.user_id, coalesce(a.asked, t.symbol), t.symbol, t.condition, t.description, t.threshold, t.price, t.late, t.source, t.provenance,
                   t.exchange_at, t.received_at, t.evaluated_at, t.not_before, coalesce(t.committed_at, t.written_at)
            FROM alert_triggers t
            LEFT JOIN alerts a ON a.id = t.alert_id
            WHERE t.told_at IS NULL AND t.withheld IS NULL AND t.not_before <= $1 AND t.not_before > $2 AND t.written_at < $3
            ORDER BY t.id
            LIMIT 500
            """,
            now, now - News, now - Patience))
        {
            await using var rows = await select.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
            {
                waiting.Add((Read(rows), rows.GetFieldValue<DateTimeOffset>(16)));
            }
        }
        var told = new List<long>(waiting.Count);
        foreach (var (trigger, committedAt) in waiting)
        {
            if (await Publish(trigger, committedAt, stop))
            {
                told.Add(trigger.Id);
            }
        }
        if (told.Count > 0)
        {
            await Stamp([], now, told, stop);
        }
    }

    async Task<bool> Publish(WrittenTrigger trigger, DateTimeOffset committedAt, CancellationToken stop)
    {
        try
        {
            await hub.Publish(
                Of(trigger.UserId),
                new AlertFrame(
                    AlertFrame.Triggered, trigger.AlertId, trigger.Asked, trigger.Price, trigger.Threshold, trigger.ExchangeAt, trigger.Id, trigger.Symbol, trigger.Condition, trigger.Description,
                    trigger.IsLate, trigger.Source, trigger.Provenance, trigger.ReceivedAt, trigger.EvaluatedAt, committedAt),
                stop);
            await bus.Publish(new AlertTriggered(trigger.Id, trigger.AlertId, trigger.UserId, trigger.Symbol, trigger.ExchangeAt), stop);
            return true;
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            // It is committed; the next look tells it.
            log.LogWarning(trouble, "Trigger {Trigger} could not be told yet", trigger.Id);
            return false;
        }
    }

    async Task Stamp(long[] committed, DateTimeOffset committedAt, List<long> told, CancellationToken stop)
    {
        try
        {
            await AlertSql.Execute(
                source,
                """
                UPDATE alert_triggers
                SET committed_at = CASE WHEN id = ANY ($1) THEN $2 ELSE committed_at END, told_at = CASE WHEN id = ANY ($3) THEN $4 ELSE told_at END
                WHERE id = ANY ($1 || $3)
                """,
                stop, committed, committedAt, told.ToArray(), clock.GetUtcNow());
        }
        catch (NpgsqlException away)
        {
            // Stamps are figures. A trigger whose stamp is lost is told a second time, with the same id.
            log.LogWarning("Stamps of {Count} triggers could not be written: {Reason}", committed.Length, away.Message);
        }
    }

    static WrittenTrigger Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        AlertId = row.GetInt64(1),
        UserId = row.GetInt64(2),
        Asked = row.GetString(3),
        Symbol = row.GetString(4),
        Condition = AlertWords.Parse<AlertCondition>(row.GetString(5)),
        Description = row.GetString(6),
        Threshold = row.IsDBNull(7) ? null : row.GetDecimal(7),
        Price = row.GetDouble(8),
        IsLate = row.GetBoolean(9),
        Source = row.GetString(10),
        Provenance = row.GetString(11),
        ExchangeAt = row.GetFieldValue<DateTimeOffset>(12),
        ReceivedAt = row.GetFieldValue<DateTimeOffset>(13),
        EvaluatedAt = row.GetFieldValue<DateTimeOffset>(14),
        NotBefore = row.GetFieldValue<DateTimeOffset>(15),
        Withheld = null,
    };
}
