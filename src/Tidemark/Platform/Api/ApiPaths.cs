namespace Tidemark.Platform.Api;

/// <summary>The API's canonical root and its permanent alias.</summary>
static class ApiPaths
{
    public const string Root = "/api/v1";
    static readonly string[] NotAliased = ["/api/docs", "/api/health"];
    static readonly object Asked = new();

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments("/api/docs", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path as the caller wrote it.</summary>
    public static PathString AsAsked(HttpContext http) => http.Items.TryGetValue(Asked, out var path) ? (PathString)path! : http.Request.Path;

    /// <summary>`/api/x` means `/api/v1/x`, `/ws/x` the socket of that name there, and HEAD asks for what GET would answer, without its body.</summary>
    public static Task Canonical(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var rest)
            && !path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase)
            && !NotAliased.Any(other => path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase)))
        {
            http.Items[Asked] = path;
            http.Request.Path = Root + rest;
        }
        else if (path.StartsWithSegments("/ws", StringComparison.OrdinalIgnoreCase))
        {
            http.Items[Asked] = path;
            http.Request.Path = Root + path.Value;
        }
        if (HttpMethods.IsHead(http.Request.Method))
        {
            // The web server itself remembers that the answer must have no body.
            http.Request.Method = HttpMethods.Get;
        }
        return next(http);
    }
}
