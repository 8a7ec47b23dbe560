using System.Security.Cryptography;
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
    }
}
