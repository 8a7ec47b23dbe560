using System.Globalization;

namespace Tidemark.Platform.Settings;

/// <summary>One documented setting: the name an operator writes, what it means, and what it may hold.</summary>
public sealed record SettingKey(string Name, string Group, string Meaning)
{
    public string? Default { get; init; }

    /// <summary>Never printed, logged or returned.</summary>
    public bool Secret { get; init; }

    /// <summary>Production refuses to start without it.</summary>
    public bool RequiredInProduction { get; init; }

    /// <summary>Named for what is being built; nothing reads it yet.</summary>
    public bool IsAhead { get; init; }

    /// <summary>An older or host-given name that is accepted too.</summary>
    public string? Alias { get; init; }

    /// <summary>Null when the text is acceptable, else what is wrong with it.</summary>
    public Func<string, string?> Check { get; init; } = static _ => null;

    public static string? IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? null : $"must be a whole number from {least} to {most}";

    public static string? IsSwitch(string text) =>
        text.ToLowerInvariant() is "true" or "false" or "1" or "0" or "yes" or "no" or "on" or "off" ? null : "must be true or false";

    public static string? IsOneOf(string text, params ReadOnlySpan<string> allowed)
    {
        foreach (var word in allowed)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }
        return $"must be one of {string.Join(", ", allowed)}";
    }

    public static string? IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null : "must be an http or https address";

    public static string? IsStreamAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "ws" or "wss" ? null : "must be a ws or wss address";

    /// <summary>Scheme, host and port; what browsers send as Origin.</summary>
    public static string? IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.UserInfo.Length == 0
            ? null
            : "must be an http or https address without a path, like https://tidemark.example";

    public static string? IsLongEnough(string text, int characters) =>
        text.Length >= characters ? null : $"must have at least {characters} characters";
}
