using System.Text.Json.Serialization;

namespace Tidemark.Notifications.Channels;

/// <summary>A way to reach a person.</summary>
public enum ChannelKind
{
    [JsonStringEnumMemberName("NTFY")]
    Ntfy,
    [JsonStringEnumMemberName("EMAIL")]
    Email,
    [JsonStringEnumMemberName("SMS")]
    Sms,
    [JsonStringEnumMemberName("DISCORD")]
    Discord,
    [JsonStringEnumMemberName("TELEGRAM")]
    Telegram,
    [JsonStringEnumMemberName("WEBHOOK")]
    Webhook,
    [JsonStringEnumMemberName("WEBPUSH")]
    WebPush,
    [JsonStringEnumMemberName("IN_APP")]
    InApp,
}

/// <summary>Channels as words, in the API and in the database.</summary>
public static class ChannelWords
{
    public static IReadOnlyList<ChannelKind> All { get; } = Enum.GetValues<ChannelKind>();

    public static string Word(this ChannelKind channel) => channel == ChannelKind.InApp ? "IN_APP" : channel.ToString().ToUpperInvariant();

    /// <summary>As a person reads it.</summary>
    public static string Name(this ChannelKind channel, string language = "en") => channel switch
    {
        ChannelKind.Ntfy => "ntfy",
        ChannelKind.Email => language == "de" ? "E-Mail" : "E-mail",
        ChannelKind.Sms => "SMS",
        ChannelKind.WebPush => language == "de" ? "Browser-Push" : "Browser push",
        ChannelKind.InApp => language == "de" ? "Die App" : "The app",
        _ => channel.ToString(),
    };

    public static ChannelKind? Find(string word)
    {
        foreach (var channel in All)
        {
            if (channel.Word().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return channel;
            }
        }
        return null;
    }

    public static ChannelKind Parse(string word) => Find(word) ?? throw new FormatException($"{word} is no channel.");
}
