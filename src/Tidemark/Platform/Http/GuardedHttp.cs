using System.Net;
using System.Net.Sockets;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Http;

/// <summary>The address was given by a user and is none the program may call.</summary>
public sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>Finds the addresses of a host name; tests answer in its place.</summary>
public delegate Task<IPAddress[]> HostLookup(string host, CancellationToken stop);

/// <summary>
/// Calls addresses that users gave, so that this server is no way into its own network: the name is resolved here, every address of it
/// is checked, and the connection goes to the address that was checked. The same holds for each redirect. What the other side answers
/// is read up to a bound and told to nobody.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    const int MostRedirects = 3;
    readonly HttpClient _http;
    readonly HostLookup _lookup;
    readonly TimeProvider _clock;
    readonly IReadOnlyList<IPNetwork> _allowed;
    readonly bool _allowsPlain;

    public GuardedHttp(TidemarkSettings settings, HostLookup lookup, TimeProvider clock)
    {
        (_lookup, _clock, _allowed) = (lookup, clock, settings.OutgoingNetworks);
        _allowsPlain = !settings.IsProduction;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 32,
            ConnectCallback = Connect,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What is wrong with an address before anything is resolved; null when nothing is.</summary>
    public string? Fault(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || text.Length > 1_000 || text.Any(char.IsControl))
        {
            return "This is no web address.";
        }
        if (address.Scheme != Uri.UriSchemeHttps && !(_allowsPlain && address.Scheme == Uri.UriSchemeHttp))
        {
            return "The address must begin with https://.";
        }
        if (address.UserInfo.Length > 0)
        {
            return "The address may not hold a name or password.";
        }
        return IPAddress.TryParse(address.DnsSafeHost, out var literal) && !IsAllowed(literal) || address.IsLoopback && !IsAllowed(IPAddress.Loopback)
            ? "This address is in a private or reserved network."
            : null;
    }

    /// <summary>Sends a request, made anew for each redirect that keeps its method (307, 308). All of it has as long as one request has.</summary>
    public async Task<HttpAnswer> Send(Func<Uri, HttpRequestMessage> make, Uri address, CancellationToken stop)
    {
        var began = _clock.GetTimestamp();
        for (var redirects = 0; ; redirects++)
        {
            if (Fault(address.AbsoluteUri) is { } fault)
            {
                throw new AddressRefusedException(fault);
            }
            using var request = make(address);
            var answer = await HttpAnswer.Of(_http, request, HttpAnswer.Patience - _clock.GetElapsedTime(began), _clock, stop);
            if (answer.Status is not (307 or 308) || answer.Header("Location") is not { } location || redirects == MostRedirects)
            {
                return answer;
            }
            if (!Uri.TryCreate(address, location, out var next))
            {
                throw new AddressRefusedException("It redirects to something that is no web address.");
            }
            address = next;
        }
    }

    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _lookup(host, stop);
        if (addresses.Length == 0 || !addresses.All(IsAllowed))
        {
            // One forbidden address among allowed ones is how a name that was rebound looks.
            throw new AddressRefusedException("The address leads to a private or reserved network.");
        }
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException unreachable)
            {
                socket.Dispose();
                last = unreachable;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw last!;
    }

    bool IsAllowed(IPAddress address) => !SpecialNetworks.Holds(address) || _allowed.Any(range => range.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    public void Dispose() => _http.Dispose();
}
