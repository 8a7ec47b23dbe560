using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Tidemark.Alerts.Kinds;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Reading;

/// <summary>A person's alerts: making them, and looking after them.</summary>
public static class AlertEndpoints
{
    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapPost("", Make).Allow(Caller.SignedIn, "write:alerts").WithSummary("Make an alert").Shows(AlertView.Example, NewAlert.Example);
        alerts.MapGet("/{userId}", List).Allow(Caller.SignedIn, "read:alerts").WithSummary("Your alerts, newest first").Shows(new AlertList([AlertView.Example], 15, 8, null));
        alerts.MapGet("/{userId}/{alertId:long}", One).Allow(Caller.SignedIn, "read:alerts").WithSummary("One alert").Shows(AlertView.Example);
        alerts.MapPut("/{userId}/{alertId:long}", Change).Allow(Caller.SignedIn, "write:alerts").WithSummary("Change an alert; one that told or ended is armed again").Shows(AlertView.Example, NewAlert.Example);
        alerts.MapPost("/{userId}/{alertId:long}/pause", Pause).Allow(Caller.SignedIn, "write:alerts").WithSummary("Let an alert rest until you resume it").Shows(AlertView.Example with { Status = AlertStatus.Paused });
        alerts.MapPost("/{userId}/{alertId:long}/resume", Resume).Allow(Caller.SignedIn, "write:alerts").WithSummary("Judge it again from now on").Shows(AlertView.Example);
        alerts.MapDelete("/{userId}/{alertId:long}", Delete).Allow(Caller.SignedIn, "write:alerts").WithSummary("Delete an alert; its history stays").Shows(new Deleted(101));
        alerts.MapGet("/{userId}/export", Export).Allow(Caller.SignedIn, "read:alerts").WithSummary("Your alerts as a file: CSV or JSON").ExcludeFromDescription();
    }

    public sealed record AlertList(
        IReadOnlyList<AlertView> Alerts,
        [property: Description("How many there are of what was asked for.")] int Total,
        [property: Description("How many of those are active.")] int Active,
        [property: Description("Pass as cursor to read on; null on the last page.")] string? NextCursor);

    public sealed record Deleted(long Id);

    static async Task<AlertView> Make(NewAlert request, Caller caller, HttpContext http, AlertDesk desk, AlertViews views, CancellationToken stop)
    {
        var view = await View(await desk.Make(request, caller, stop), views, stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return view;
    }

    static async Task<AlertList> List(
        [Description("me, or your own id.")] string userId, Word<AlertStatus>? status, [Description("Symbol in any spelling.")] string? symbol,
        [Description("Made at this moment or later.")] DateTimeOffset? from, [Description("Made before this moment.")] DateTimeOffset? to,
        [AsParameters] PageRequest page, Caller caller, TidemarkDb db, SymbolBook symbols, AlertViews views, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var owned = await Asked(caller.Whose(userId), status?.Value, symbol, from, to, now, db, symbols, stop);
        var (total, before) = (await owned.CountAsync(stop), page.Before);
        var active = await owned.CountAsync(alert => alert.Status == AlertStatus.Active || (alert.Status == AlertStatus.Triggered && alert.VisibleAt > now), stop);
        var found = await owned.Where(alert => alert.Id < before).OrderByDescending(alert => alert.Id).ToPage(page, alert => alert.Id, stop);
        return new AlertList(await views.Of(found.Items, stop), total, active, found.NextCursor);
    }

    /// <summary>Statuses as their owner may see them by now.</summary>
    static async Task<IQueryable<Alert>> Asked(long user, AlertStatus? status, string? symbol, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now, TidemarkDb db, SymbolBook symbols, CancellationToken stop)
    {
        var owned = db.Set<Alert>().AsNoTracking().Where(alert => alert.UserId == user);
        if (symbol is not null)
        {
            var market = (await symbols.Find(symbol, stop)).Symbol.ToString();
            owned = owned.Where(alert => alert.Symbol == market);
        }
        if (from is { } since)
        {
            owned = owned.Where(alert => alert.CreatedAt >= since.ToUniversalTime());
        }
        if (to is { } until)
        {
            owned = owned.Where(alert => alert.CreatedAt < until.ToUniversalTime());
        }
        return status switch
        {
            null => owned,
            AlertStatus.Active => owned.Where(alert => alert.Status == AlertStatus.Active || (alert.Status == AlertStatus.Triggered && alert.VisibleAt > now)),
            AlertStatus.Triggered => owned.Where(alert => alert.Status == AlertStatus.Triggered && !(alert.VisibleAt > now)),
            { } one => owned.Where(alert => alert.Status == one),
        };
    }

    static async Task<AlertView> One(string userId, long alertId, Caller caller, AlertDesk desk, AlertViews views, CancellationToken stop) =>
        await View(await desk.Find(caller.Whose(userId), alertId, stop), views, stop);

    static async Task<AlertView> Change(string userId, long alertId, NewAlert request, Caller caller, AlertDesk desk, AlertViews views, CancellationToken stop) =>
        await View(await desk.Change(Own(caller, userId), alertId, request, caller, stop), views, stop);

    static async Task<AlertView> Pause(string userId, long alertId, Caller caller, AlertDesk desk, AlertViews views, CancellationToken stop) =>
        await View(await desk.Pause(Own(caller, userId), alertId, stop), views, stop);

    static async Task<AlertView> Resume(string userId, long alertId, Caller caller, AlertDesk desk, AlertViews views, CancellationToken stop) =>
        await View(await desk.Resume(Own(caller, userId), alertId, caller, stop), views, stop);

    static async Task<Deleted> Delete(string userId, long alertId, Caller caller, AlertDesk desk, CancellationToken stop)
    {
        await desk.Delete(Own(caller, userId), alertId, stop);
        return new Deleted(alertId);
    }

    /// <summary>What is another's is there for an admin to see, not to change.</summary>
    static long Own(Caller caller, string userId) =>
        caller.Whose(userId) is var user && user == caller.UserId ? user : throw new TidemarkException(ErrorCode.NotFound, "There is no such alert of yours.");

    static async Task<AlertView> View(Alert alert, AlertViews views, CancellationToken stop) => (await views.Of([alert], stop))[0];

    static async Task Export(HttpContext http, string userId, [Description("csv or json.")] string? format, Caller caller, TidemarkDb db, AlertViews views, CancellationToken stop)
    {
        var user = caller.Whose(userId);
        var alerts = await db.Set<Alert>().AsNoTracking().Where(alert => alert.UserId == user).OrderByDescending(alert => alert.Id).Take(10_000).ToListAsync(stop);
        await ExportFile.Write(
            http, "alerts", format, await views.Of(alerts, stop),
            [
                new("id", alert => alert.Id), new("symbol", alert => alert.Symbol), new("market", alert => alert.Market), new("condition", alert => alert.Condition.Word()), new("threshold", alert => alert.Threshold),
                new("timeframe", alert => alert.Timeframe), new("formula", alert => alert.Formula), new("status", alert => alert.Status.Word()), new("repeat", alert => alert.Repeat.Word()),
                new("createdAt", alert => alert.CreatedAt), new("triggeredAt", alert => alert.TriggeredAt), new("triggers", alert => alert.Triggers), new("expiresAt", alert => alert.ExpiresAt), new("note", alert => alert.Note),
            ],
            stop);
    }
}
