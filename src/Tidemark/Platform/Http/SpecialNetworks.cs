using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tidemark.Platform.Http;

/// <summary>
/// Addresses that are not the open internet: this machine, its neighbours, and ranges with a meaning of their own (IANA's special
/// registries). An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, ISATAP) counts as the address it leads to.
/// </summary>
public static class SpecialNetworks
{
    static readonly IPNetwork[] Ranges = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(static range => IPNetwork.Parse(range))];

    static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"), SixToFour = IPNetwork.Parse("2002::/16"), Compatible = IPNetwork.Parse("::/96");

    public static bool Holds(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Holds(address.MapToIPv4());
        }
        foreach (var range in Ranges)
        {
            if (range.BaseAddress.AddressFamily == address.AddressFamily && range.Contains(address))
            {
                return true;
            }
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Inside(address) is { } carried && Holds(carried) : address.AddressFamily != AddressFamily.InterNetwork;
    }

    /// <summary>The IPv4 address an IPv6 address leads to; null when it carries none.</summary>
    static IPAddress? Inside(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address) || Compatible.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(12));
        }
        if (SixToFour.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)) & 0xfdff_ffff) == 0x0000_5efe ? new IPAddress(bytes.AsSpan(12)) : null;
    }
}
