using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Kinds;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Reading;

/// <summary>Makes, changes and ends a person's alerts, within what the plan holds; the engine hears of it at the commit.</summary>
sealed class AlertDesk(TidemarkDb db, PlanAccess access, SymbolBook symbols, SightDesk sights, Recipients people, TimeProvider clock)
{
    public async Task<Alert> Make(NewAlert request, Caller caller, CancellationToken stop)
    {
        var alert = await Draft(request, caller, stop);
        await db.InTransaction(
            async _ =>
            {
                db.Add(alert);
                await db.SaveChangesAsync(stop);
                await access.Take(caller, Entitlements.Alerts, alert.Place, stop);
                await Ring(alert.Id, stop);
            },
            stop);
        return alert;
    }

    /// <summary>An alert as it would be made, checked by all rules but for its place.</summary>
    public async Task<Alert> Draft(NewAlert request, Caller caller, CancellationToken stop)
    {
        if (request.UserId is { } named && named != caller.UserId)
        {
            throw new TidemarkException(ErrorCode.Forbidden, "userId is your own, or left out.");
        }
        if (Entitlements.AlertConditions.Explain(caller.Plan, caller.Role, item: request.Condition.Word()) is { Allowed: false } lacking)
        {
            throw lacking.Refusal();
        }
        var zone = (await people.Find([caller.UserId], stop)).GetValueOrDefault(caller.UserId)?.TimeZone ?? "UTC";
        var alert = AlertDrafting.Draft(request, await symbols.Find(request.Symbol, stop), caller.UserId, zone, clock.GetUtcNow());
        AlertRoll.Require(TermsOf.Alert(alert), sights.Of(caller));
        return alert;
    }

    /// <summary>Puts an alert as it is wanted now in the place of what it was. Where what is judged changes, or it had ended, it is armed anew.</summary>
    public async Task<Alert> Change(long user, long id, NewAlert request, Caller caller, CancellationToken stop)
    {
        var wanted = await Draft(request, caller, stop);
        return await Within(
            user, id,
            async alert =>
            {
                var isSame = AlertKey(alert).Equals(AlertKey(wanted));
                Copy(wanted, alert);
                if (!isSame || alert.Status is AlertStatus.Triggered or AlertStatus.Expired)
                {
                    await Arm(alert, caller, alert.Status == AlertStatus.Paused, stop);
                }
            },
            stop);
    }

    public Task<Alert> Pause(long user, long id, CancellationToken stop) => Within(
        user, id,
        alert =>
        {
            // Whose plan tells later does not learn by this that it has told.
            var isNotToldYet = alert.Status == AlertStatus.Triggered && alert.VisibleAt > clock.GetUtcNow();
            if (alert.Status is not (AlertStatus.Active or AlertStatus.Paused) && !isNotToldYet)
            {
                throw new TidemarkException(ErrorCode.Conflict, $"Only an active alert can be paused; this is {alert.Status.Word()}.");
            }
            alert.Status = AlertStatus.Paused;
            return Task.CompletedTask;
        },
        stop);

    /// <summary>Makes it judge again from now on; one that has told, or ended, too.</summary>
    public Task<Alert> Resume(long user, long id, Caller caller, CancellationToken stop) => Within(
        user, id,
        async alert =>
        {
            if (alert.ExpiresAt <= clock.GetUtcNow())
            {
                throw new TidemarkException(ErrorCode.Conflict, "Its time is over; give it another end first.");
            }
            if (alert.Status != AlertStatus.Active)
            {
                await Arm(alert, caller, isPaused: false, stop);
            }
        },
        stop);

    public async Task Delete(long user, long id, CancellationToken stop) => await db.InTransaction(
        async _ =>
        {
            if (await db.Set<Alert>().Where(alert => alert.Id == id && alert.UserId == user).ExecuteDeleteAsync(stop) == 0)
            {
                throw Missing();
            }
            await access.GiveUp(user, Entitlements.Alerts, Alert.PlaceOf(id), stop);
            await Ring(id, stop);
        },
        stop);

    public async Task<Alert> Find(long user, long id, CancellationToken stop) =>
        await db.Set<Alert>().AsNoTracking().SingleOrDefaultAsync(alert => alert.Id == id && alert.UserId == user, stop) ?? throw Missing();

    /// <summary>Changes an alert while nobody else does: the engine writes its triggers in the same turn.</summary>
    async Task<Alert> Within(long user, long id, Func<Alert, Task> change, CancellationToken stop)
    {
        Alert? alert = null;
        await db.InTransaction(
            async _ =>
            {
                alert = await db.Set<Alert>().FromSql($"SELECT * FROM alerts WHERE id = {id} AND user_id = {user} FOR UPDATE").SingleOrDefaultAsync(stop) ?? throw Missing();
                await change(alert);
                alert.ChangedAt = clock.GetUtcNow();
                await db.SaveChangesAsync(stop);
                await Ring(id, stop);
            },
            stop);
        return alert!;
    }

    async Task Arm(Alert alert, Caller caller, bool isPaused, CancellationToken stop)
    {
        await access.Take(caller, Entitlements.Alerts, alert.Place, stop);
        (alert.Status, alert.ArmedAt) = (isPaused ? AlertStatus.Paused : AlertStatus.Active, clock.GetUtcNow());
        alert.Version++;
    }

    static void Copy(Alert from, Alert to)
    {
        (to.Symbol, to.Asked, to.Condition, to.Threshold, to.Channels, to.Timeframe) = (from.Symbol, from.Asked, from.Condition, from.Threshold, from.Channels, from.Timeframe);
        (to.Repeat, to.CooldownMinutes, to.Intrabar, to.Indicator, to.Value, to.Formula) = (from.Repeat, from.CooldownMinutes, from.Intrabar, from.Indicator, from.Value, from.Formula);
        (to.WindowMinutes, to.Period, to.Pattern, to.Direction, to.SignalClass) = (from.WindowMinutes, from.Period, from.Pattern, from.Direction, from.SignalClass);
        (to.ExpiresAt, to.ActiveFrom, to.ActiveUntil, to.TimeZone, to.Note) = (from.ExpiresAt, from.ActiveFrom, from.ActiveUntil, from.TimeZone, from.Note);
    }

    /// <summary>All of an alert that the engine goes by.</summary>
    static object AlertKey(Alert alert) =>
        (alert.Symbol, alert.Condition, alert.Threshold, alert.Timeframe, alert.Repeat, alert.CooldownMinutes, alert.Intrabar,
            (alert.Indicator, alert.Value, alert.Formula, alert.WindowMinutes, alert.Period, alert.Pattern, alert.Direction, alert.SignalClass, (alert.ExpiresAt, alert.ActiveFrom, alert.ActiveUntil, alert.TimeZone)));

    Task<int> Ring(long id, CancellationToken stop) => db.Database.ExecuteSqlAsync($"SELECT pg_notify({AlertRoll.Bell}, {id.ToString(System.Globalization.CultureInfo.InvariantCulture)})", stop);

    static TidemarkException Missing() => new(ErrorCode.NotFound, "There is no such alert of yours.");
}
