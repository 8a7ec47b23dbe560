using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Tidemark.Alerts.Kinds;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Reading;

/// <summary>What a person's alerts told, each with the stamps of its way.</summary>
public static class HistoryEndpoints
{
    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 15, 30, TimeSpan.Zero);

    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapGet("/{userId}/history", List).Allow(Caller.SignedIn, "read:alerts").WithSummary("What your alerts told, newest first").Shows(new Page<TriggerView>([Example], 50, null));
        alerts.MapGet("/{userId}/history/export", Export).Allow(Caller.SignedIn, "read:alerts").WithSummary("What your alerts told, as a file: CSV or JSON").ExcludeFromDescription();
    }

    internal static TriggerView Example { get; } = new(
        7_001, 101, 1, "BTC/USDT", AlertCondition.PriceAbove, "BTC/USDT is above 50000", 50_000, 50_250, null, Noon, false, "binance", "live", null, Noon,
        new Stamps(Noon, Noon.AddMilliseconds(41), Noon.AddMilliseconds(42), Noon.AddMilliseconds(49), Noon.AddMilliseconds(60), Noon.AddMilliseconds(131), "EMAIL", 90), Verdict.Right, 0.004, -0.011);

    public sealed record Stamps(
        [property: Description("When it became true, by the exchange's time.")] DateTimeOffset ExchangeAt,
        [property: Description("When the data that says so was received here.")] DateTimeOffset ReceivedAt,
        DateTimeOffset EvaluatedAt,
        DateTimeOffset? CommittedAt,
        [property: Description("When the first channel was tried.")] DateTimeOffset? SentAt,
        [property: Description("When the first channel accepted it.")] DateTimeOffset? AcceptedAt,
        string? AcceptedBy,
        [property: Description("From received to accepted, without a delay of the plan.")] double? LatencyMs);

    public sealed record TriggerView(
        long Id,
        long AlertId,
        [property: Description("The how manieth of its alert.")] int Number,
        string Market,
        AlertCondition Condition,
        string Description,
        decimal? Threshold,
        [property: Description("Null where your plan withholds it.")] double? CurrentPrice,
        [property: Description("What was compared, where it is not the price.")] double? Value,
        DateTimeOffset TriggeredAt,
        [property: Description("Found from stored candles after prices were not followed for a while.")] bool Late,
        string Source,
        [property: Description("live, recorded or synthetic.")] string Provenance,
        [property: Description("Why you did not get it; null where you did.")] string? Withheld,
        [property: Description("From when your plan told it.")] DateTimeOffset NotBefore,
        Stamps Stamps,
        [property: Description("What the final candles say of it; null before they were asked.")] Verdict? Verdict,
        [property: Description("Where the price was an hour later, as a fraction of the trigger's; null before.")] double? MoveHour,
        [property: Description("A day later.")] double? MoveDay);

    static async Task<Page<TriggerView>> List(
        [Description("me, or your own id.")] string userId, [AsParameters] PageRequest page, [Description("Only of this alert.")] long? alert, [Description("Symbol in any spelling.")] string? symbol,
        [Description("True at this moment or later.")] DateTimeOffset? from, [Description("True before this moment.")] DateTimeOffset? to,
        Caller caller, TidemarkDb db, SymbolBook symbols, TimeProvider clock, CancellationToken stop)
    {
        var before = page.Before;
        var found = await (await Asked(caller.Whose(userId), alert, symbol, from, to, db, symbols, clock, stop)).Where(trigger => trigger.Id < before).OrderByDescending(trigger => trigger.Id).ToPage(page, trigger => trigger.Id, stop);
        return new Page<TriggerView>([.. found.Items.Select(View)], found.Limit, found.NextCursor);
    }

    /// <summary>What the plan lets the person read by now.</summary>
    static async Task<IQueryable<AlertTrigger>> Asked(long user, long? alert, string? symbol, DateTimeOffset? from, DateTimeOffset? to, TidemarkDb db, SymbolBook symbols, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var triggers = db.Set<AlertTrigger>().AsNoTracking().Where(trigger => trigger.UserId == user && trigger.NotBefore <= now && (alert == null || trigger.AlertId == alert));
        if (symbol is not null)
        {
            var market = (await symbols.Find(symbol, stop)).Symbol.ToString();
            triggers = triggers.Where(trigger => trigger.Symbol == market);
        }
        if (from is { } since)
        {
            triggers = triggers.Where(trigger => trigger.ExchangeAt >= since.ToUniversalTime());
        }
        return to is { } until ? triggers.Where(trigger => trigger.ExchangeAt < until.ToUniversalTime()) : triggers;
    }

    internal static TriggerView View(AlertTrigger trigger)
    {
        var isOpen = trigger.Withheld is null;
        var from = trigger.NotBefore > trigger.WrittenAt ? trigger.NotBefore : trigger.ReceivedAt;
        return new TriggerView(
            trigger.Id, trigger.AlertId, trigger.Number, trigger.Symbol, trigger.Condition, trigger.Description, trigger.Threshold, isOpen ? trigger.Price : null, isOpen ? trigger.Value : null,
            trigger.ExchangeAt, trigger.Late, trigger.Source, trigger.Provenance, trigger.Withheld, trigger.NotBefore,
            new Stamps(
                trigger.ExchangeAt, trigger.ReceivedAt, trigger.EvaluatedAt, trigger.CommittedAt, trigger.SentAt, trigger.AcceptedAt, trigger.AcceptedBy,
                trigger.AcceptedAt is { } accepted ? Math.Round((accepted - from).TotalMilliseconds, 1) : null),
            trigger.Verdict, trigger.MoveHour, trigger.MoveDay);
    }

    static async Task Export(HttpContext http, string userId, [Description("csv or json.")] string? format, [Description("Only of this alert.")] long? alert, Caller caller, TidemarkDb db, SymbolBook symbols, TimeProvider clock, CancellationToken stop)
    {
        var found = await (await Asked(caller.Whose(userId), alert, null, null, null, db, symbols, clock, stop)).OrderByDescending(trigger => trigger.Id).Take(10_000).ToListAsync(stop);
        await ExportFile.Write(
            http, "alert-history", format, found.ConvertAll(View),
            [
                new("id", one => one.Id), new("alertId", one => one.AlertId), new("market", one => one.Market), new("condition", one => one.Condition.Word()), new("description", one => one.Description),
                new("threshold", one => one.Threshold), new("currentPrice", one => one.CurrentPrice), new("triggeredAt", one => one.TriggeredAt), new("late", one => one.Late ? "late" : ""),
                new("source", one => one.Source), new("provenance", one => one.Provenance), new("withheld", one => one.Withheld), new("receivedAt", one => one.Stamps.ReceivedAt), new("committedAt", one => one.Stamps.CommittedAt),
                new("acceptedAt", one => one.Stamps.AcceptedAt), new("latencyMs", one => one.Stamps.LatencyMs), new("verdict", one => one.Verdict?.Word()), new("moveHour", one => one.MoveHour), new("moveDay", one => one.MoveDay),
            ],
            stop);
    }
}
