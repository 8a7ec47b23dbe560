namespace Tidemark.Platform.Settings;

/// <summary>
/// Decides whether this is production: said outright, or a hosting platform that gives itself away.
/// Whatever is said and is not development counts as production, so that a staging machine is guarded like a real one.
/// </summary>
public static class HostEnvironment
{
    static readonly string[] Names = ["APP_ENV", "FLASK_ENV", "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT"];

    static readonly string[] PlatformMarks =
    [
        "DYNO", "RAILWAY_ENVIRONMENT", "RENDER", "FLY_APP_NAME", "K_SERVICE", "GAE_ENV", "WEBSITE_INSTANCE_ID",
        "AWS_EXECUTION_ENV", "ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST", "VERCEL", "HEROKU_APP_ID",
    ];

    /// <summary>Every variable that has a say.</summary>
    public static IReadOnlyList<string> Signs { get; } = [.. Names, .. PlatformMarks];

    /// <summary>The variable that makes this production; null in development.</summary>
    public static string? ProductionSign(Func<string, string?> read)
    {
        foreach (var name in Names)
        {
            if (read(name) is { Length: > 0 } said)
            {
                return said.Equals("development", StringComparison.OrdinalIgnoreCase) ? null : name;
            }
        }
        return PlatformMarks.FirstOrDefault(mark => !string.IsNullOrEmpty(read(mark)));
    }
}
