namespace Tidemark.Platform.Settings;

/// <summary>Decides whether this is production: said outright, or a hosting platform that gives itself away.</summary>
public static class HostEnvironment
{
    static readonly string[] PlatformMarks =
    [
        "DYNO", "RAILWAY_ENVIRONMENT", "RENDER", "FLY_APP_NAME", "K_SERVICE", "GAE_ENV", "WEBSITE_INSTANCE_ID",
        "AWS_EXECUTION_ENV", "ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST", "VERCEL", "HEROKU_APP_ID",
    ];

    public static bool IsProduction(Func<string, string?> read)
    {
        foreach (var name in (ReadOnlySpan<string>)["APP_ENV", "FLASK_ENV", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"])
        {
            if (read(name) is { Length: > 0 } said)
            {
                return said.Equals("production", StringComparison.OrdinalIgnoreCase);
            }
        }
        return PlatformMarks.Any(mark => !string.IsNullOrEmpty(read(mark)));
    }
}
