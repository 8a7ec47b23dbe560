using System.Security.Cryptography;
using System.Text;
using Tidemark.Platform.Secrets;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Sessions;

/// <summary>
/// The browser's three cookies: the session, which no script can read; the token against forged requests, which ours must read;
/// and the name of the browser, which outlives sessions.
/// </summary>
public sealed class SessionCookie(TidemarkSettings settings, TokenHashes hashes)
{
    public const string CsrfHeader = "X-CSRF-Token";
    static readonly TimeSpan BrowserKept = TimeSpan.FromDays(180);

    public string? Session(HttpContext http) => http.Request.Cookies[Name(http, "session")];
    public string? Device(HttpContext http) => http.Request.Cookies[Name(http, "device")];

    public void Write(HttpContext http, string token, TimeSpan? kept)
    {
        http.Response.Cookies.Append(Name(http, "session"), token, Options(http, kept, isForScripts: false));
        http.Response.Cookies.Append(Name(http, "csrf"), Csrf(token), Options(http, kept, isForScripts: true));
    }

    public void WriteDevice(HttpContext http, string token) => http.Response.Cookies.Append(Name(http, "device"), token, Options(http, BrowserKept, isForScripts: false));

    public void Clear(HttpContext http)
    {
        http.Response.Cookies.Delete(Name(http, "session"), Options(http, null, isForScripts: false));
        http.Response.Cookies.Delete(Name(http, "csrf"), Options(http, null, isForScripts: true));
    }

    /// <summary>Whether the page that sent this could read our cookies.</summary>
    public bool IsFromOurPage(HttpContext http, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Csrf(token)), Encoding.UTF8.GetBytes(http.Request.Headers[CsrfHeader].ToString()));

    string Csrf(string token) => Convert.ToHexStringLower(hashes.Hash("csrf", token).AsSpan(0, 16));

    /// <summary>Browsers hold a `__Host-` cookie to this host, to HTTPS and to the whole site.</summary>
    string Name(HttpContext http, string what) => IsSecure(http) ? $"__Host-tidemark-{what}" : $"tidemark-{what}";

    CookieOptions Options(HttpContext http, TimeSpan? kept, bool isForScripts) => new()
    {
        HttpOnly = !isForScripts,
        Secure = IsSecure(http),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = kept,
        IsEssential = true,
    };

    bool IsSecure(HttpContext http) => settings.IsProduction || http.Request.IsHttps;
}
