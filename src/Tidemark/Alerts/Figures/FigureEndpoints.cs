using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Tidemark.Alerts.Kinds;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Alerts.Figures;

/// <summary>How fast and how right alerts are: a person's own, and everybody's together.</summary>
public static class FigureEndpoints
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    static KindFigures Example { get; } = new(null, 412, 3, new(61, 142, 240), new(38, 90, 151), new(0.4, 2, 9), new(6, 14, 31), new(9, 21, 44), new(12, 60, 130), 400, 1, 0.0025, 0.0011, 0.0042);

    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapGet("/figures", Everybodys).Allow(Caller.SignedIn, "read:alerts").WithSummary("How fast and how right alerts of all people were over 7 days, by kind")
            .Shows(new ServerFigures(DateTimeOffset.UnixEpoch, Example, [Example with { Condition = AlertCondition.PriceAbove }]));
        alerts.MapGet("/{userId}/metrics", Mine).Allow(Caller.SignedIn, "read:alerts").WithSummary("Your alerts in figures")
            .Shows(new AlertMetrics(15, 8, 5, 1, 1, 3, 21, 64, Example, [Example with { Condition = AlertCondition.PriceAbove }], [new("BTC/USDT", 9, 41)]));
    }

    public sealed record ServerFigures(DateTimeOffset Since, KindFigures All, [property: Description("Each kind that told.")] IReadOnlyList<KindFigures> ByKind);

    public sealed record SymbolCount(string Market, int Alerts, int Triggers30d);

    public sealed record AlertMetrics(
        int Total,
        int Active,
        int Triggered,
        int Paused,
        int Expired,
        [property: Description("Triggers of the last 24 hours.")] int Triggers24h,
        int Triggers7d,
        int Triggers30d,
        [property: Description("Of the last 7 days.")] KindFigures All,
        IReadOnlyList<KindFigures> ByKind,
        IReadOnlyList<SymbolCount> BySymbol);

    static async Task<ServerFigures> Everybodys(AlertFigures figures, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var read = await figures.Read(null, now - Week, now, stop);
        return new ServerFigures(now - Week, read[0], [.. read.Skip(1)]);
    }

    static async Task<AlertMetrics> Mine([Description("me, or your own id.")] string userId, Caller caller, AlertFigures figures, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var (user, now) = (caller.Whose(userId), clock.GetUtcNow());
        var alerts = await db.Set<Alert>().AsNoTracking().Where(alert => alert.UserId == user)
            .Select(alert => new { alert.Symbol, Status = alert.Status == AlertStatus.Triggered && alert.VisibleAt > now ? AlertStatus.Active : alert.Status })
            .ToListAsync(stop);
        var (day, week, month) = (now.AddDays(-1), now.AddDays(-7), now.AddDays(-30));
        var triggers = await db.Set<AlertTrigger>().AsNoTracking().Where(trigger => trigger.UserId == user && trigger.NotBefore <= now && trigger.ExchangeAt >= month)
            .GroupBy(trigger => trigger.Symbol)
            .Select(group => new { Symbol = group.Key, Day = group.Count(trigger => trigger.ExchangeAt >= day), Week = group.Count(trigger => trigger.ExchangeAt >= week), Month = group.Count() })
            .ToListAsync(stop);
        var read = await figures.Read(user, week, now, stop);
        return new AlertMetrics(
            alerts.Count, Of(AlertStatus.Active), Of(AlertStatus.Triggered), Of(AlertStatus.Paused), Of(AlertStatus.Expired),
            triggers.Sum(one => one.Day), triggers.Sum(one => one.Week), triggers.Sum(one => one.Month), read[0], [.. read.Skip(1)],
            [
                .. alerts.Select(alert => alert.Symbol).Union(triggers.Select(one => one.Symbol)).Order(StringComparer.Ordinal)
                    .Select(symbol => new SymbolCount(symbol, alerts.Count(alert => alert.Symbol == symbol), triggers.Find(one => one.Symbol == symbol)?.Month ?? 0)),
            ]);

        int Of(AlertStatus status) => alerts.Count(alert => alert.Status == status);
    }
}
