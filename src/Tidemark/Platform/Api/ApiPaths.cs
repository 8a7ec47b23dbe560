namespace Tidemark.Platform.Api;

/// <summary>The API's canonical root and its permanent alias.</summary>
static class ApiPaths
{
    public const string Root = "/api/v1";
    static readonly string[] NotAliased = ["/api/docs", "/api/health"];

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/api/docs", StringComparison.OrdinalIgnoreCase);

    /// <summary>`/api/x` means `/api/v1/x`.</summary>
    public static Task Canonical(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var rest)
            && !path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)
            && !NotAliased.Any(other => path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase)))
        {
            http.Request.Path = Root + rest;
        }
        return next(http);
    }
}
