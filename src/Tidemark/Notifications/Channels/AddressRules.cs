using System.Buffers.Text;
using System.Security.Cryptography;
using Tidemark.Accounts.SignIn;
using Tidemark.Notifications.Services;
using Tidemark.Platform.Api;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;
using static Tidemark.Notifications.Channels.ChannelEndpoints;

namespace Tidemark.Notifications.Channels;

/// <summary>What an address of each channel must look like, and what of it is shown.</summary>
sealed class AddressRules(GuardedHttp guarded, TidemarkSettings settings)
{
    /// <summary>The address to keep, what of it may be seen, and the webhook's secret where one was made here.</summary>
    public (ChannelAddress? Address, string? Shown, string? Made) Read(ChannelKind channel, NewAddress wanted) => channel switch
    {
        ChannelKind.Ntfy => Ntfy(wanted),
        ChannelKind.Discord => Discord(wanted),
        ChannelKind.Telegram => Telegram(wanted),
        ChannelKind.Sms => Sms(wanted),
        ChannelKind.Webhook => Webhook(wanted),
        _ => throw new TidemarkException(ErrorCode.Conflict, channel switch
        {
            ChannelKind.Email => "Mails go to your account's address.",
            ChannelKind.WebPush => "A browser subscribes by itself: /notifications/push/subscriptions.",
            _ => "This channel needs no address.",
        }),
    };

    (ChannelAddress?, string?, string?) Ntfy(NewAddress wanted)
    {
        if (wanted.Url is null)
        {
            new Fields().Must("secret", wanted.Secret is null ? null : "A token belongs to a server of your own.").Hold();
            return (null, null, null);
        }
        new Fields().Must("url", guarded.Fault(wanted.Url)).Must("secret", IsVisible(wanted.Secret) ? null : "A token has no spaces.").Hold();
        return (new ChannelAddress { Url = wanted.Url, Secret = wanted.Secret }, new Uri(wanted.Url).GetLeftPart(UriPartial.Authority), null);
    }

    (ChannelAddress?, string?, string?) Discord(NewAddress wanted)
    {
        if (wanted.Url is null && wanted.ChatId is { } channel)
        {
            new Fields().Must("chatId", !DiscordChannel.IsChannel(channel) ? "A channel is a number of 15 to 25 digits." : settings["DISCORD_BOT_TOKEN"] is null ? "This server has no Discord bot; give a webhook." : null).Hold();
            return (new ChannelAddress { ChatId = channel }, $"channel {channel} by this server's bot", null);
        }
        var webhook = DiscordChannel.Read(wanted.Url ?? "");
        new Fields().Must("url", webhook is null ? "A Discord webhook is written like https://discord.com/api/webhooks/123456789/token." : null).Hold();
        return (new ChannelAddress { Url = wanted.Url }, $"webhook {webhook!.Value.Id}", null);
    }

    (ChannelAddress?, string?, string?) Telegram(NewAddress wanted)
    {
        new Fields()
            .Must("chatId", wanted.ChatId is { } chat && TelegramChannel.IsChat(chat) ? null : "A chat is a number, or @channel.")
            .Must("botToken", wanted.BotToken is { } token ? TelegramChannel.IsToken(token) ? null : "A token is written like 123456:ABC-DEF." : settings["TELEGRAM_BOT_TOKEN"] is null ? "This server has no bot; give one of your own." : null)
            .Hold();
        var address = new ChannelAddress { ChatId = wanted.ChatId, Secret = wanted.BotToken };
        return (address, address.ChatShown, null);
    }

    static (ChannelAddress?, string?, string?) Sms(NewAddress wanted)
    {
        var number = wanted.Phone?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        new Fields().Must("phone", SmsChannel.IsNumber(number) ? null : "A number is written with its country, like +41791234567.").Hold();
        return (new ChannelAddress { Phone = number }, $"{number[..3]}…{number[^2..]}", null);
    }

    (ChannelAddress?, string?, string?) Webhook(NewAddress wanted)
    {
        new Fields()
            .Must("url", guarded.Fault(wanted.Url ?? ""))
            .Must("secret", wanted.Secret is null || (wanted.Secret.Length >= 16 && IsVisible(wanted.Secret)) ? null : "A secret has 16 characters or more, and no spaces.")
            .Hold();
        var made = wanted.Secret is null ? "whs_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) : null;
        return (new ChannelAddress { Url = wanted.Url, Secret = wanted.Secret ?? made }, new Uri(wanted.Url!).GetLeftPart(UriPartial.Authority), made);
    }

    static bool IsVisible(string? text) => text is null || (text.Length > 0 && text.All(static letter => letter is > ' ' and <= '~'));
}
