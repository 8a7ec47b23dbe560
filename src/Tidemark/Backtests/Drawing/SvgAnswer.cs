using System.Text;

namespace Tidemark.Backtests.Drawing;

/// <summary>Sends a picture. Opened by itself it may do nothing but be seen.</summary>
static class SvgAnswer
{
    public static async Task Send(HttpContext http, string svg, CancellationToken stop)
    {
        http.Response.ContentType = "image/svg+xml; charset=utf-8";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(svg), stop);
    }
}
