using Microsoft.EntityFrameworkCore;
using Tidemark.Access;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Ends alerts whose time is over and gives their places back. One that is active ends once everything before its end was judged: what became
/// true in time is told, however late it is found.
/// </summary>
sealed class Expiry(IServiceScopeFactory scopes, EngineRules rules)
{
    static readonly string[] OnPrices = Those(static kind => kind.JudgedOn == JudgedOn.Price);
    static readonly string[] Percents = Those(static kind => kind.IsPercent);
    static readonly string[] OnNews = Those(static kind => kind.JudgedOn is JudgedOn.Patterns or JudgedOn.Signals);

    static string[] Those(Func<AlertCondition, bool> which) => [.. Enum.GetValues<AlertCondition>().Where(which).Select(kind => kind.Word())];

    /// <summary>Until judging has noticed that its patience is over, and has written what it found.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    sealed record Over(long Id, long UserId);

    /// <summary>
    /// Of what is judged since a moment, and of each symbol since its own: patience with what does not come is counted from there, as nothing was
    /// looked at before, and a little longer than judging has it, so that what is judged once that is over is still told.
    /// </summary>
    public async Task Sweep(MarketSource? source, DateTimeOffset since, IReadOnlyDictionary<Symbol, DateTimeOffset> beginnings, DateTimeOffset now, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        var (name, provenance) = (source?.Name ?? "", source?.Provenance.ToString().ToLowerInvariant() ?? "");
        var newsLag = now - since > rules.NewsLag ? now - rules.NewsLag : DateTimeOffset.MinValue;
        var patience = now - rules.PatienceWithRepair - Slack;
        var (symbols, began) = (beginnings.Keys.Select(symbol => symbol.ToString()).ToArray(), beginnings.Values.Select(at => at.ToUniversalTime()).ToArray());
        // Candles count that close before the end; of prices the whole minute it lies in.
        var over = await db.Database.SqlQuery<Over>(
            $"""
            SELECT a.id AS "Id", a.user_id AS "UserId"
            FROM alerts a
            LEFT JOIN unnest({symbols}, {began}) AS b (symbol, at) ON b.symbol = a.symbol
            WHERE a.expires_at <= {now}
              AND (a.status = 'PAUSED' OR (a.status = 'ACTIVE' AND (
                greatest(a.expires_at, coalesce(b.at, {since})) <= {patience}
                OR (a.condition = ANY ({OnNews}) AND a.expires_at <= {newsLag})
                OR EXISTS (
                    SELECT FROM alert_progress p
                    JOIN market_sources o ON o.id = p.source
                    JOIN market_symbols y ON y.id = p.symbol
                    WHERE o.name = {name} AND o.provenance = {provenance} AND y.name = a.symbol AND a.condition <> ALL ({OnNews})
                      AND CASE WHEN a.condition = ANY ({OnPrices}) OR a.intrabar
                          THEN p.timeframe = 1 AND p.judged_until >= a.expires_at
                          ELSE p.timeframe = CASE WHEN a.condition <> ALL ({Percents}) THEN a.timeframe WHEN a.window_minutes > {TermsOf.MinutesOfWindow} THEN 5 ELSE 1 END AND p.judged_until + make_interval(mins => p.timeframe) >= a.expires_at END))))
            ORDER BY a.id
            LIMIT 500
            """).ToListAsync(stop);
        if (over.Count == 0)
        {
            return;
        }
        var ids = over.Select(alert => alert.Id).ToList();
        await db.InTransaction(
            async _ =>
            {
                await db.Set<Alert>().Where(alert => ids.Contains(alert.Id) && alert.ExpiresAt <= now && (alert.Status == AlertStatus.Active || alert.Status == AlertStatus.Paused))
                    .ExecuteUpdateAsync(change => change.SetProperty(alert => alert.Status, AlertStatus.Expired).SetProperty(alert => alert.ChangedAt, now), stop);
                await scope.ServiceProvider.GetRequiredService<PlanAccess>().GiveUp([.. over.Select(alert => (alert.UserId, Alert.PlaceOf(alert.Id)))], Entitlements.Alerts, stop);
            },
            stop);
    }
}
