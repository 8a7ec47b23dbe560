using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Tidemark.Notifications.Channels;

/// <summary>Where a channel of a person leads; of each kind only what it needs.</summary>
public sealed record ChannelAddress
{
    /// <summary>WEBHOOK and DISCORD: the address. NTFY: a server of the person's own.</summary>
    public string? Url { get; init; }

    /// <summary>WEBHOOK: what requests are signed with. NTFY: the access token of the own server. TELEGRAM: the token of an own bot.</summary>
    public string? Secret { get; init; }

    /// <summary>TELEGRAM: the chat. DISCORD: the channel this server's bot writes into.</summary>
    public string? ChatId { get; init; }

    /// <summary>SMS: the number, as +49….</summary>
    public string? Phone { get; init; }

    /// <summary>WEBPUSH: the browser's public key and shared secret.</summary>
    public string? P256dh { get; init; }
    public string? Auth { get; init; }

    /// <summary>What of a chat's address may be seen.</summary>
    [JsonIgnore]
    public string? ChatShown => ChatId is null ? null : $"chat {ChatId}{(Secret is { } own ? $" by bot {own.Split(':')[0]}" : "")}";
}

/// <summary>Encrypts addresses for one person and channel: moved to another's row, they open nothing.</summary>
public sealed class AddressSeal(IDataProtectionProvider protection)
{
    public string Close(long user, ChannelKind channel, ChannelAddress address) => For(user, channel).Protect(JsonSerializer.Serialize(address));

    public ChannelAddress Open(long user, ChannelKind channel, string text) =>
        JsonSerializer.Deserialize<ChannelAddress>(For(user, channel).Unprotect(text)) ?? throw new InvalidOperationException("A sealed address is null.");

    IDataProtector For(long user, ChannelKind channel) => protection.CreateProtector("notification addresses", $"user {user}", channel.Word());
}
