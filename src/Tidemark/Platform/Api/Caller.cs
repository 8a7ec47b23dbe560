using System.Net;
using System.Net.Sockets;

namespace Tidemark.Platform.Api;

/// <summary>Who asks. Identity comes from the credential alone.</summary>
public sealed record Caller(long? Id, bool IsOperator, string Address)
{
    public bool IsSignedIn => Id is not null || IsOperator;

    /// <summary>Names the caller in limits and idempotency: the user, or the network an anonymous one comes from.</summary>
    public string Key => Id is { } id ? $"user:{id}" : $"net:{Address}";

    public static AccessRule Anyone { get; } = new("anyone", static _ => true);
    public static AccessRule SignedIn { get; } = new("signed in", static caller => caller.IsSignedIn);
    public static AccessRule Operator { get; } = new("operator", static caller => caller.IsOperator);

    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    internal static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The caller is known only to API requests.");

    /// <summary>An address as limits count it: IPv4 whole, IPv6 by its /64, which one customer has to himself.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.ToString();
        }
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }
}

/// <summary>Who may use an address; declared where the route is, held by the gate, listed in the API's description.</summary>
public sealed record AccessRule(string Name, Func<Caller, bool> Allows)
{
    /// <summary>Lets the caller through or tells why not.</summary>
    public void Hold(Caller caller)
    {
        if (!Allows(caller))
        {
            throw new TidemarkException(caller.IsSignedIn ? ErrorCode.Forbidden : ErrorCode.SignInRequired);
        }
    }
}

public static class AccessDeclaration
{
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(rule);
}
