namespace Tidemark.Platform.Api;

/// <summary>The conversation with programs: envelope, errors, limits, idempotency, and its own description.</summary>
public static class ApiModule
{
    public static void AddApi(this ModuleBuilder module)
    {
        ApiPipeline.Configure(module.Services);
        OpenApiDescription.Configure(module.Services);
        module.Services.AddSingleton(new IdSource());
        module.Services.AddSingleton<RateLimits>();
        module.Prunes("idempotency_keys", "created_at", Idempotency.Keep);
        module.Prunes("rate_windows", "opened_at", TimeSpan.FromDays(2));
        module.Command(RoutesCommand.Build);
        module.Command(OpenApiCommand.Build);
    }
}
