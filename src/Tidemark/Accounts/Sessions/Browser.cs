using System.Net;

namespace Tidemark.Accounts.Sessions;

/// <summary>What a person recognises a session by: `Firefox on Linux`, `from this network`.</summary>
public static class Browser
{
    static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"), ("node", "Node"), ("PostmanRuntime/", "Postman")];
    static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Describe(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return "An unnamed program";
        }
        var browser = Browsers.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.OrdinalIgnoreCase)).Name;
        var system = Systems.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => Shown(userAgent),
            (_, null) => browser,
            (null, _) => $"A program on {system}",
            _ => $"{browser} on {system}",
        };
    }

    /// <summary>Where a network is, as far as its address alone tells.</summary>
    public static string Place(string network)
    {
        if (!IPAddress.TryParse(network.Split('/')[0], out var address))
        {
            return "Unknown";
        }
        return address switch
        {
            _ when IPAddress.IsLoopback(address) || network is "::/64" => "This computer",
            { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } when IsPrivate(address.GetAddressBytes()) => "The local network",
            { IsIPv6LinkLocal: true } or { IsIPv6UniqueLocal: true } => "The local network",
            _ => "The internet",
        };
    }

    static bool IsPrivate(byte[] address) => address is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..] or [100, >= 64 and <= 127, ..];

    static string Shown(string text) => string.Concat(text.Take(60).Where(letter => !char.IsControl(letter)));
}
