using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Api;

/// <summary>Finds out who calls, and holds the access rule of the endpoint before anything else of it runs.</summary>
sealed class Gate(RequestDelegate next, TidemarkSettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        var caller = new Caller(Id: null, IsOperator: settings.AllowUnauthenticatedApi, Caller.Network(http.Connection.RemoteIpAddress));
        http.Features.Set(caller);
        if (http.GetEndpoint() is RouteEndpoint endpoint && ApiPaths.IsApi(http.Request.Path))
        {
            var rule = endpoint.Metadata.GetMetadata<AccessRule>();
            if (rule is null && endpoint.RoutePattern.RawText?.StartsWith(ApiPaths.Root, StringComparison.Ordinal) == true)
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} declares no access rule.");
            }
            rule?.Hold(caller);
        }
        return next(http);
    }
}
