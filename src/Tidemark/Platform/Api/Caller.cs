using System.Net;
using System.Net.Sockets;

namespace Tidemark.Platform.Api;

/// <summary>Who asks. Identity comes from the credential alone.</summary>
public sealed record Caller(long? Id, bool IsOperator, string Address)
{
    public Role Role { get; init; }
    public Plan Plan { get; init; }
    public Credential Credential { get; init; }
    public long? SessionId { get; init; }
    public long? ApiKeyId { get; init; }

    /// <summary>What an API key was made for; a person in a session has no such bounds.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>Whether the person proved within the last minutes to be there, with all factors.</summary>
    public bool IsFresh { get; init; }

    /// <summary>An admin by role who may not act as one before a second factor was shown.</summary>
    public bool LacksSecondFactor { get; init; }

    /// <summary>When the credential ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How much he may ask; the anonymous bucket where nothing is said.</summary>
    public IReadOnlyList<RateBucket> Buckets { get; init; } = [];

    /// <summary>Why the credential that was shown does not count; no address answers such a request.</summary>
    public TidemarkException? Refused { get; init; }

    public bool IsSignedIn => Id is not null || IsOperator;

    /// <summary>A person in a session, not a program with a key.</summary>
    public bool IsInPerson => Id is not null && Credential is Credential.Session or Credential.Token;

    /// <summary>The user who calls; refuses an operator without an account.</summary>
#pragma warning disable CA1065 // A refusal of the request, which is what every handler wants here.
    public long UserId => Id ?? throw new TidemarkException(ErrorCode.SignInRequired);
#pragma warning restore CA1065

    /// <summary>Whose things an address means that names their owner: `me` and the caller's own id his, an admin's any; others are refused.</summary>
    public long Whose(string user) =>
        user.Equals("me", StringComparison.OrdinalIgnoreCase) ? UserId
        : long.TryParse(user, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && (id == Id || IsOperator) ? id
        : throw new TidemarkException(ErrorCode.Forbidden, "Only your own: write me, or your own id.");

    /// <summary>Names the caller in limits and idempotency: the user, or the network an anonymous one comes from.</summary>
    public string Key => Id is { } id ? $"user:{id}" : $"net:{Address}";

    public static AccessRule Anyone { get; } = new("anyone", static _ => true);
    public static AccessRule SignedIn { get; } = new("signed in", static caller => caller.IsSignedIn);
    public static AccessRule InPerson { get; } = new("signed in, not by API key", static caller => caller.IsInPerson);
    public static AccessRule Confirmed { get; } = new("signed in, not by API key, confirmed within 10 minutes", static caller => caller.IsInPerson && caller.IsFresh);
    public static AccessRule Operator { get; } = new("admin", static caller => caller.IsOperator);
    public static AccessRule ConfirmedOperator { get; } = new("admin, not by API key, confirmed within 10 minutes", static caller => caller.IsOperator && caller.IsInPerson && caller.IsFresh);

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

/// <summary>Finds out whose credential a request carries. The platform asks; the module of accounts knows.</summary>
public interface ICredentials
{
    /// <summary>The caller behind the request; the stranger himself when it carries no credential.</summary>
    ValueTask<Caller> Identify(HttpContext http, Caller stranger);
}
