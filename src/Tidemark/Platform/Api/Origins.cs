using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Api;

/// <summary>Whether the page that makes a browser ask is one that may.</summary>
static class Origins
{
    /// <summary>Browsers name the page's origin; programs name none.</summary>
    public static bool IsOurs(HttpRequest request, TidemarkSettings settings) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin ? IsOurs(origin, request, settings) : request.Headers["Sec-Fetch-Site"].ToString() is not "cross-site";

    public static bool IsOurs(string origin, HttpRequest request, TidemarkSettings settings) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || (settings.IsSet("PUBLIC_URL") && string.Equals(origin, settings.PublicUrl.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            || settings.CorsOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
