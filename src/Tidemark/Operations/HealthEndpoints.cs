using System.ComponentModel;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Observability;

namespace Tidemark.Operations;

/// <summary>What monitors and load balancers ask.</summary>
public static class HealthEndpoints
{
    public sealed record Health(
        [property: Description("healthy, or unhealthy when something it needs is down or the node is going down.")] string Status,
        string Version,
        bool Ready,
        IReadOnlyList<Dependency> Dependencies);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health", Full).Open();
        app.MapGet("/health/live", static () => Results.Json(new { status = "alive" })).Open();
        app.MapGet("/health/ready", Ready).Open();
        app.MapGet("/api/health", Enveloped).Open().AddEndpointFilter<RouteHandlerBuilder, EnvelopeFilter>();
        app.MapGet("/metrics", static (PrometheusText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4")).Open();
    }

    static RouteHandlerBuilder Open(this RouteHandlerBuilder route) => route.Allow(Caller.Anyone).WithMetadata(new Unmetered()).ExcludeFromDescription();

    static async Task<IResult> Full(Dependencies dependencies, Readiness readiness, CancellationToken stop)
    {
        var health = await Read(dependencies, readiness, stop);
        return Results.Json(health, statusCode: health.Ready ? 200 : 503);
    }

    static async Task<IResult> Ready(Dependencies dependencies, Readiness readiness, CancellationToken stop)
    {
        var health = await Read(dependencies, readiness, stop);
        return Results.Json(new { status = health.Ready ? "ready" : "not ready" }, statusCode: health.Ready ? 200 : 503);
    }

    static async Task<Health> Enveloped(Dependencies dependencies, Readiness readiness, CancellationToken stop)
    {
        var health = await Read(dependencies, readiness, stop);
        return health.Ready ? health : throw new TidemarkException(ErrorCode.NotReady, details: new Dictionary<string, object?> { ["dependencies"] = health.Dependencies });
    }

    static async Task<Health> Read(Dependencies dependencies, Readiness readiness, CancellationToken stop)
    {
        var needs = await dependencies.Check(stop);
        var ready = readiness.IsServing && needs.All(need => need.Status == DependencyState.Up);
        return new Health(ready ? "healthy" : "unhealthy", Product.Version, ready, needs);
    }
}
