using System.Net;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Api;

/// <summary>Refuses what no honest client sends, and finds out who calls.</summary>
sealed class Identification(RequestDelegate next, TidemarkSettings settings, ICredentials? credentials = null)
{
    // A page of another name that was pointed at this address (DNS rebinding) gives that name as the host. Addresses cannot be rebound.
    readonly string? _publicHost = settings.IsSet("PUBLIC_URL") ? settings.PublicUrl.Host : null;
    readonly bool _checksHost = settings.IsSet("PUBLIC_URL") || !settings.IsProduction;

    public async Task InvokeAsync(HttpContext http)
    {
        if (_checksHost && !IsOurs(http.Request.Host.Host))
        {
            throw new TidemarkException(ErrorCode.WrongHost);
        }
        if (http.Request.Query.Any(static pair => pair.Key.Any(char.IsControl) || pair.Value.Any(static value => value!.Any(char.IsControl))))
        {
            throw new TidemarkException(ErrorCode.BadRequest, "The query holds control characters.");
        }
        var stranger = new Caller(Id: null, IsOperator: settings.AllowUnauthenticatedApi, Caller.Network(http.Connection.RemoteIpAddress));
        var asksUs = credentials is not null && ApiPaths.IsApi(http.Request.Path) && http.GetEndpoint()?.Metadata.GetMetadata<Unmetered>() is null;
        http.Features.Set(asksUs ? await credentials!.Identify(http, stranger) : stranger);
        await next(http);
    }

    bool IsOurs(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(_publicHost, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out _);
}

/// <summary>Holds the access rule of the endpoint before anything of it runs.</summary>
sealed class Gate(RequestDelegate next, TidemarkSettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        var caller = Caller.Of(http);
        if (caller.Refused is { } refused)
        {
            throw refused;
        }
        if (ApiPaths.IsApi(http.Request.Path) && ChangesSomething(http.Request.Method) && caller.Credential is Credential.None or Credential.Session && !Origins.IsOurs(http.Request, settings))
        {
            // A browser may be made to send this by a page of somebody else's; programs with a credential of their own may not.
            throw new TidemarkException(ErrorCode.OriginRefused);
        }
        if (http.GetEndpoint() is RouteEndpoint endpoint && ApiPaths.IsApi(http.Request.Path))
        {
            var rule = endpoint.Metadata.GetMetadata<AccessRule>();
            if (rule is null && endpoint.RoutePattern.RawText?.StartsWith(ApiPaths.Root, StringComparison.Ordinal) == true)
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} declares no access rule.");
            }
            rule?.Hold(caller);
            if (caller.Credential == Credential.ApiKey && rule is not null)
            {
                RequiredScope.Hold(endpoint.Metadata.GetMetadata<RequiredScope>(), rule, caller);
            }
        }
        return next(http);
    }

    static bool ChangesSomething(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
