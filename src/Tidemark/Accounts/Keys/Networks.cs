using System.Net;
using System.Net.Sockets;

namespace Tidemark.Accounts.Keys;

/// <summary>
/// Ranges of addresses a key may or may not be used from. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the same
/// address, in rules and in callers, so that no rule is passed by writing an address the other way.
/// </summary>
public static class Networks
{
    /// <summary>A range as it is stored: `192.0.2.0/24`; null when the text is none.</summary>
    public static string? Normal(string text) => Parse(text.Trim())?.ToString();

    public static bool Admits(IReadOnlyList<string> allowed, IReadOnlyList<string> denied, IPAddress? caller)
    {
        if (allowed.Count == 0 && denied.Count == 0)
        {
            return true;
        }
        if (caller is null)
        {
            return false;
        }
        var address = Plain(caller);
        return !denied.Any(range => Holds(range, address)) && (allowed.Count == 0 || allowed.Any(range => Holds(range, address)));
    }

    static bool Holds(string range, IPAddress address) => Parse(range) is { } network && network.Contains(address);

    static IPNetwork? Parse(string text)
    {
        var (address, bits) = text.Split('/') is [var before, var after] ? (before, after) : (text, null);
        if (!IPAddress.TryParse(address, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(letter => letter == '.') != 3))
        {
            return null;
        }
        var longest = parsed.GetAddressBytes().Length * 8;
        var length = longest;
        if (bits is not null && (!int.TryParse(bits, System.Globalization.NumberStyles.None, null, out length) || length > longest))
        {
            return null;
        }
        if (parsed.IsIPv4MappedToIPv6 && length >= 96)
        {
            (parsed, length) = (parsed.MapToIPv4(), length - 96);
        }
        return new IPNetwork(Masked(parsed, length), length);
    }

    /// <summary>The address without what lies behind the range's length.</summary>
    static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }
        return new IPAddress(bytes);
    }

    static IPAddress Plain(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(plain.GetAddressBytes()) : plain;
    }
}
