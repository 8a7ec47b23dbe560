using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Api;

/// <summary>Random ids; a test may give its own source of bytes.</summary>
public sealed class IdSource(Action<byte[]>? fill = null)
{
    readonly Action<byte[]> _fill = fill ?? (static bytes => RandomNumberGenerator.Fill(bytes));

    /// <summary>128 random bits as 32 hexadecimal digits.</summary>
    public string Next()
    {
        var bytes = new byte[16];
        _fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

/// <summary>Names every request, in its answer's header and in each of its log lines.</summary>
sealed class RequestIds(RequestDelegate next, IdSource ids, ILogger<RequestIds> log)
{
    const string Header = "X-Request-Id";

    public static string Of(HttpContext http) => http.TraceIdentifier;

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = "req_" + ids.Next();
        http.Response.Headers[Header] = http.TraceIdentifier;
        using (log.BeginScope(new RequestScope(http.TraceIdentifier)))
        {
            await next(http);
        }
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            Name(activity, http);
        }
    }

    /// <summary>A trace says which route was asked, how it ended, and the id to find it in the log by.</summary>
    static void Name(Activity activity, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        activity.SetTag("tidemark.request_id", http.TraceIdentifier);
    }
}
