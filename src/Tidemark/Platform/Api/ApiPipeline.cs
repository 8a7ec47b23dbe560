using Microsoft.AspNetCore.HttpOverrides;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Api;

/// <summary>The order in which a request passes through the program.</summary>
static class ApiPipeline
{
    public static void UseTidemarkPipeline(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<ErrorHandling>();
        app.Use(ApiPaths.Canonical);
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<Identification>();
        app.UseMiddleware<RateGate>();
        app.UseMiddleware<Gate>();
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.Zero });
        app.UseMiddleware<Idempotency>();
    }

    public static void MapApi(this WebApplication app, ProductParts parts)
    {
        var root = app.MapGroup(ApiPaths.Root).AddEndpointFilter<RouteGroupBuilder, EnvelopeFilter>();
        foreach (var group in parts.Endpoints)
        {
            group.Map(root.MapGroup(group.Name).WithTags(group.Name));
        }
        OpenApiDescription.Map(app);
    }

    public static void Configure(IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<TidemarkSettings>(static (forwarded, settings) =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            if (settings.TrustedProxies.Count == 0)
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.None;
                return;
            }
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null;
            foreach (var network in settings.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<TidemarkSettings>(static (cors, settings) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins(settings.CorsOrigins)
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders("Content-Type", "Authorization", "X-API-Key", "If-None-Match", "X-CSRF-Token", "X-Background", Idempotency.Header)
                .WithExposedHeaders("X-Request-Id", "ETag", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Idempotency-Replayed")
                .AllowCredentials()
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        services.AddResponseCompression(static compression => compression.EnableForHttps = true);
        services.ConfigureHttpJsonOptions(static json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton<IProblemDetailsService, ValidationAnswers>();
        services.AddValidation();
        services.AddRouting();
    }
}
