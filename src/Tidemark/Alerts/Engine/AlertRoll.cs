using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Formulas;

namespace Tidemark.Alerts.Engine;

/// <summary>Reads the alerts that are to be judged, and whose plans let them.</summary>
public sealed class AlertRoll(IServiceScopeFactory scopes, HeldItems held, SightDesk sights, ILogger<AlertRoll> log)
{
    /// <summary>What PostgreSQL tells the engine at the commit of a change: the alert's id.</summary>
    internal const string Bell = "tidemark_alerts";

    public async Task<IReadOnlyList<WatchedAlert>> All(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var alerts = await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Alert>().AsNoTracking().Where(alert => alert.Status == AlertStatus.Active).ToListAsync(stop);
        return [.. alerts.Select(Watch).OfType<WatchedAlert>()];
    }

    /// <summary>Those of some alerts that are to be judged now.</summary>
    public async Task<IReadOnlyDictionary<long, WatchedAlert>> Find(IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var alerts = await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Alert>().AsNoTracking().Where(alert => ids.Contains(alert.Id) && alert.Status == AlertStatus.Active).ToListAsync(stop);
        return alerts.Select(Watch).OfType<WatchedAlert>().ToDictionary(alert => alert.Id);
    }

    /// <summary>What was changed since, for the case that the bell was not heard.</summary>
    public async Task<IReadOnlyList<long>> ChangedSince(DateTimeOffset since, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Alert>().Where(alert => alert.ChangedAt >= since).Select(alert => alert.Id).ToListAsync(stop);
    }

    WatchedAlert? Watch(Alert alert)
    {
        var watched = TryOf(alert, out var unreadable);
        if (watched is null)
        {
            log.LogError(unreadable, "Alert {Alert} cannot be judged", alert.Id);
        }
        return watched;
    }

    /// <summary>Null where it cannot be read any more: it was checked when it was made, and the language changed since.</summary>
    public static WatchedAlert? TryOf(Alert alert, out Exception? unreadable)
    {
        try
        {
            unreadable = null;
            return Of(alert);
        }
        catch (Exception fault) when (fault is FormulaException or FormatException or ArgumentException)
        {
            unreadable = fault;
            return null;
        }
    }

    /// <summary>An alert as it is judged from now on: what it told before it was last armed does not count.</summary>
    public static WatchedAlert Of(Alert alert)
    {
        var watched = new WatchedAlert(alert.Id, TermsOf.Alert(alert)) { Owner = alert.UserId, Version = alert.Version, ArmedAt = alert.ArmedAt.ToUnixTimeMilliseconds() };
        if (alert.TriggeredAt is { } triggeredAt && triggeredAt >= alert.ArmedAt)
        {
            watched.Triggers = alert.Triggers;
            watched.RestsUntil = watched.Terms.Rule.RestsUntil(triggeredAt.ToUnixTimeMilliseconds(), (alert.LastBar ?? triggeredAt).ToUnixTimeMilliseconds());
        }
        return watched;
    }

    /// <summary>Which of some alerts may not tell, and why: their owners' plans changed since they were made.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Refused(IReadOnlyCollection<WatchedAlert> alerts, CancellationToken stop)
    {
        if (alerts.Count == 0)
        {
            return new Dictionary<long, string>();
        }
        await using var scope = scopes.CreateAsyncScope();
        var people = await scope.ServiceProvider.GetRequiredService<Recipients>().Find(alerts.Select(alert => alert.Owner).ToHashSet(), stop);
        var places = await held.Of(people.Keys, Entitlements.Alerts, stop);
        var refused = new Dictionary<long, string>();
        foreach (var ofOne in alerts.GroupBy(alert => alert.Owner))
        {
            if (!people.TryGetValue(ofOne.Key, out var person) || !person.IsOpen)
            {
                foreach (var alert in ofOne)
                {
                    refused[alert.Id] = "The account is not open.";
                }
                continue;
            }
            var most = Entitlements.Alerts.Of(person.Plan, person.Role).Most ?? int.MaxValue;
            var within = places[ofOne.Key].Take(most).ToHashSet(StringComparer.Ordinal);
            foreach (var alert in ofOne)
            {
                if (WhyNot(alert, person, within.Contains(Alert.PlaceOf(alert.Id)), most) is { } why)
                {
                    refused[alert.Id] = why;
                }
            }
        }
        return refused;
    }

    string? WhyNot(WatchedAlert alert, Recipient person, bool hasPlace, int most)
    {
        if (!hasPlace)
        {
            return $"{person.Plan} has room for {most} alerts, and this one is beyond.";
        }
        if (Entitlements.AlertConditions.Explain(person.Plan, person.Role, item: alert.Terms.Condition.Word()) is { Allowed: false } lacking)
        {
            return lacking.WhatToDo;
        }
        try
        {
            Require(alert.Terms, sights.Of(new Caller(person.Id, IsOperator: false, "") { Plan = person.Plan, Role = person.Role }));
            return null;
        }
        catch (TidemarkException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>What an alert may be about is what its owner may see.</summary>
    internal static void Require(AlertTerms terms, PatternSight sight)
    {
        sight.Require(terms.Symbol);
        if (terms.JudgedOn == JudgedOn.Signals)
        {
            sight.RequireSignals();
        }
        if (terms.Pattern is { } kind)
        {
            sight.Require(kind);
        }
        else if (terms.JudgedOn == JudgedOn.Patterns && sight.Kinds is not null)
        {
            sight.Require(Quant.Patterns.PatternKind.OrderBlock);
        }
    }
}
