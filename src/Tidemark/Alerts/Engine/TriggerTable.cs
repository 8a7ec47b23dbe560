using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using Tidemark.Access;
using Tidemark.Alerts.Kinds;
using Tidemark.Notifications;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;

namespace Tidemark.Alerts.Engine;

/// <summary>A trigger as it was written, with what may be told of it and when.</summary>
public sealed record WrittenTrigger
{
    public required long Id { get; init; }
    public required long AlertId { get; init; }
    public required long UserId { get; init; }
    public required string Asked { get; init; }
    public required string Symbol { get; init; }
    public required AlertCondition Condition { get; init; }
    public required string Description { get; init; }
    public required decimal? Threshold { get; init; }
    public required double Price { get; init; }
    public required bool IsLate { get; init; }
    public required string Source { get; init; }
    public required string Provenance { get; init; }
    public required DateTimeOffset ExchangeAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset EvaluatedAt { get; init; }
    public required DateTimeOffset NotBefore { get; init; }
    public required string? Withheld { get; init; }
}

/// <summary>Writes triggers with their notifications, each occasion once, as long as the alert still stands as it was judged.</summary>
sealed class TriggerTable(NotificationOutbox outbox, PlanAccess access)
{
    sealed record Standing(PendingTrigger Of, long UserId, int Number, string Asked, decimal? Threshold, string[] Channels, string? Note, bool IsDone);

    public async Task<IReadOnlyList<WrittenTrigger>> Write(IDbContextTransaction transaction, IReadOnlyList<PendingTrigger> pending, DateTimeOffset now, CancellationToken stop)
    {
        if (pending.Count == 0)
        {
            return [];
        }
        var standing = await FindStanding(transaction, pending, stop);
        var ids = await Insert(transaction, standing, now, stop);
        var fired = standing.Where(one => ids.ContainsKey(one.Of.Alert.Id)).ToList();
        if (fired.Count == 0)
        {
            return [];
        }
        var posted = (await outbox.Post([.. fired.Select(Notice)], stop)).ToDictionary(notice => notice.Cause);
        var written = fired.Select(one => Written(one, ids[one.Of.Alert.Id], posted.GetValueOrDefault(Cause(one.Of)), now)).ToList();
        await Mark(transaction, written, [.. written.Select((_, i) => posted.GetValueOrDefault(Cause(fired[i].Of))?.MessageId)], fired, stop);
        await access.GiveUp([.. fired.Where(one => one.IsDone).Select(one => (one.UserId, Alert.PlaceOf(one.Of.Alert.Id)))], Entitlements.Alerts, stop);
        return written;
    }

    /// <summary>Of what was judged, what is still so: an alert that was paused, changed or deleted meanwhile tells nothing.</summary>
    static async Task<IReadOnlyList<Standing>> FindStanding(IDbContextTransaction transaction, IReadOnlyList<PendingTrigger> pending, CancellationToken stop)
    {
        await using var select = AlertSql.Command(
            transaction,
            """
            SELECT a.id, a.user_id, a.triggers, a.asked, a.threshold, a.channels, a.note, a.repeat = 'ONCE'
            FROM alerts a
            JOIN unnest($1, $2) AS judged (id, version) ON judged.id = a.id AND judged.version = a.version
            WHERE a.status = 'ACTIVE'
            ORDER BY a.id
            FOR UPDATE OF a
            """,
            pending.Select(one => one.Alert.Id).ToArray(), pending.Select(one => one.Alert.Version).ToArray());
        var byId = pending.ToDictionary(one => one.Alert.Id);
        var standing = new List<Standing>();
        await using var rows = await select.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            standing.Add(new Standing(
                byId[rows.GetInt64(0)], rows.GetInt64(1), rows.GetInt32(2) + 1, rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetDecimal(4),
                rows.GetFieldValue<string[]>(5), rows.IsDBNull(6) ? null : rows.GetString(6), rows.GetBoolean(7)));
        }
        return standing;
    }

    static async Task<Dictionary<long, long>> Insert(IDbContextTransaction transaction, IReadOnlyList<Standing> rows, DateTimeOffset now, CancellationToken stop)
    {
        await using var insert = AlertSql.Command(
            transaction,
            """
            INSERT INTO alert_triggers (alert_id, user_id, number, occasion, condition, symbol, source, provenance, description, threshold, price, value, timeframe, formula, intrabar, bar, late,
                exchange_at, received_at, evaluated_at, not_before, written_at)
            SELECT t.*, $21, $21
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
                AS t (alert_id, user_id, number, occasion, condition, symbol, source, provenance, description, threshold, price, value, timeframe, formula, intrabar, bar, late, exchange_at, received_at, evaluated_at)
            ON CONFLICT (alert_id, occasion) DO NOTHING
            RETURNING alert_id, id
            """,
            rows.Select(row => row.Of.Alert.Id).ToArray(),
            rows.Select(row => row.UserId).ToArray(),
            rows.Select(row => row.Number).ToArray(),
            rows.Select(row => row.Of.Occasion).ToArray(),
            rows.Select(row => row.Of.Alert.Terms.Condition.Word()).ToArray(),
            rows.Select(row => row.Of.Alert.Terms.Symbol.ToString()).ToArray(),
            rows.Select(row => row.Of.Source.Name).ToArray(),
            rows.Select(row => row.Of.Source.Provenance.ToString().ToLowerInvariant()).ToArray(),
            rows.Select(row => row.Of.Description).ToArray(),
            rows.Select(row => row.Threshold).ToArray(),
            rows.Select(row => row.Of.Price).ToArray(),
            rows.Select(row => row.Of.Value).ToArray(),
            rows.Select(row => (short)row.Of.Timeframe.Minutes).ToArray(),
            rows.Select(row => row.Of.Alert.Terms.Formula?.ToString()).ToArray(),
            rows.Select(row => row.Of.Alert.Terms.IsIntrabar).ToArray(),
            rows.Select(row => row.Of.Bar).ToArray(),
            rows.Select(row => row.Of.IsLate).ToArray(),
            rows.Select(row => row.Of.ExchangeAt).ToArray(),
            rows.Select(row => row.Of.ReceivedAt).ToArray(),
            rows.Select(row => row.Of.EvaluatedAt).ToArray(),
            now);
        var ids = new Dictionary<long, long>();
        await using var inserted = await insert.ExecuteReaderAsync(stop);
        while (await inserted.ReadAsync(stop))
        {
            ids[inserted.GetInt64(0)] = inserted.GetInt64(1);
        }
        return ids;
    }

    /// <summary>Writes into the triggers when they may be told, and into their alerts that they told.</summary>
    static async Task Mark(IDbContextTransaction transaction, IReadOnlyList<WrittenTrigger> written, string?[] messages, IReadOnlyList<Standing> fired, CancellationToken stop)
    {
        await using var mark = AlertSql.Command(
            transaction,
            """
            WITH told AS (
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS t (id, alert_id, number, not_before, withheld, message_id, exchange_at, bar)
            ), marked AS (
                UPDATE alert_triggers t SET not_before = told.not_before, withheld = told.withheld, message_id = told.message_id FROM told WHERE t.id = told.id
            )
            UPDATE alerts a
            SET triggers = told.number, triggered_at = told.exchange_at, last_bar = told.bar, visible_at = told.not_before,
                status = CASE WHEN a.repeat = 'ONCE' THEN 'TRIGGERED' ELSE a.status END
            FROM told
            WHERE a.id = told.alert_id
            """,
            written.Select(one => one.Id).ToArray(),
            written.Select(one => one.AlertId).ToArray(),
            fired.Select(one => one.Number).ToArray(),
            written.Select(one => one.NotBefore).ToArray(),
            written.Select(one => one.Withheld).ToArray(),
            messages,
            written.Select(one => one.ExchangeAt).ToArray(),
            fired.Select(one => one.Of.Bar).ToArray());
        await mark.ExecuteNonQueryAsync(stop);
    }

    static string Cause(PendingTrigger trigger) => $"alert:{trigger.Alert.Id}:{trigger.Occasion}";

    static NewNotification Notice(Standing row)
    {
        var trigger = row.Of;
        return new NewNotification(row.UserId, NotificationKind.Alert, Cause(trigger), AlertMessages.Triggered, AlertMessages.Values(trigger, row.Note))
        {
            Symbol = trigger.Alert.Terms.Symbol.ToString(),
            Direction = trigger.Direction,
            Confluence = trigger.Confluence,
            Link = string.Create(CultureInfo.InvariantCulture, $"/alerts/{trigger.Alert.Id}"),
            OccurredAt = trigger.ExchangeAt,
            Needs = trigger.Alert.Terms.JudgedOn == JudgedOn.Signals ? Entitlements.Signals : null,
            Channels = row.Channels.Length == 0 ? null : [.. row.Channels.Select(ChannelWords.Parse)],
        };
    }

    static WrittenTrigger Written(Standing row, long id, PostedNotification? posted, DateTimeOffset now) => new()
    {
        Id = id,
        AlertId = row.Of.Alert.Id,
        UserId = row.UserId,
        Asked = row.Asked,
        Symbol = row.Of.Alert.Terms.Symbol.ToString(),
        Condition = row.Of.Alert.Terms.Condition,
        Description = row.Of.Description,
        Threshold = row.Threshold,
        Price = row.Of.Price,
        IsLate = row.Of.IsLate,
        Source = row.Of.Source.Name,
        Provenance = row.Of.Source.Provenance.ToString().ToLowerInvariant(),
        ExchangeAt = row.Of.ExchangeAt,
        ReceivedAt = row.Of.ReceivedAt,
        EvaluatedAt = row.Of.EvaluatedAt,
        NotBefore = posted?.NotBefore ?? now,
        Withheld = posted is null ? "The account is not open." : posted.Withheld,
    };
}
