using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;
using Tidemark.Platform.Web;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Writes to Discord by a person's webhook, or by this server's bot into a channel of the person's. Rate limits are read from every
/// answer, for each webhook and channel by itself; nothing in a message mentions anybody.
/// </summary>
sealed partial class DiscordChannel(ProviderHttp provider, Breakers breakers, Pace pace, TidemarkSettings settings, PublicAddresses addresses, TimeProvider clock) : INotificationChannel
{
    const string Everything = "discord";
    const int Bullish = 0x0b7d71, Bearish = 0xc0392b, Neutral = 0x5d6a79, LongestTitle = 256, LongestText = 4_000, LongestNonce = 25;
    readonly Uri _server = new(settings["DISCORD_URL"]!.TrimEnd('/') + "/");

    public ChannelKind Kind => ChannelKind.Discord;
    public bool IsOffered => true;

    public static bool IsChannel(string text) => Channel().IsMatch(text);

    /// <summary>The id and token of a webhook's address as Discord shows it; null when it is none.</summary>
    public static (string Id, string Token)? Read(string address) =>
        address.Length <= 400 && Address().Match(address) is { Success: true } match ? (match.Groups["id"].Value, match.Groups["token"].Value) : null;

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        if (Lead(parcel) is not { } lead)
        {
            return SendResult.Gone("There is no webhook address, or this server has no bot.");
        }
        var (place, way) = ($"{Everything} {lead.Name}", lead.Bot is null ? $"{Everything} webhooks" : $"{Everything} bot");
        if (pace.ClosedFor(Everything, way, place) is { Ticks: > 0 } wait)
        {
            return SendResult.Later(wait, "Discord's rate limit.");
        }
        var result = await breakers.Through(_server.Authority, () => WebAnswers.Ask(
            async () => Obey(await provider.Send(Request(lead, parcel), stop), place),
            answer => Judge(answer, lead),
            clock));
        if (result.IsOperators)
        {
            pace.Close(way, result.Wait);
        }
        return WebAnswers.Rest(result, pace.ClosedFor(Everything, way, place));
    }

    sealed record Way(string Name, string Path, string? Bot);

    /// <summary>Where a message goes: to the webhook's address, or to the channel by the bot.</summary>
    Way? Lead(Parcel parcel)
    {
        if (parcel.Address.Url is { } address)
        {
            return Read(address) is { } webhook ? new Way(webhook.Id, $"api/webhooks/{webhook.Id}/{webhook.Token}?wait=true", null) : null;
        }
        return parcel.Address.ChatId is { } channel && settings["DISCORD_BOT_TOKEN"] is { } bot ? new Way($"channel {channel}", $"api/v10/channels/{channel}/messages", bot) : null;
    }

    HttpRequestMessage Request(Way way, Parcel parcel)
    {
        var message = Message(parcel);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server, way.Path));
        if (way.Bot is { } bot)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", bot);
            if (parcel.NotificationId > 0)
            {
                // For a few minutes Discord knows a repeat by it, and does not write it a second time.
                message["nonce"] = parcel.MessageId["ntf_".Length..][..LongestNonce];
                message["enforce_nonce"] = true;
            }
        }
        else
        {
            message["username"] = "Tidemark";
        }
        request.Content = JsonContent.Create(message);
        return request;
    }

    static SendResult Judge(HttpAnswer answer, Way way)
    {
        if (answer.IsSuccess)
        {
            return SendResult.Accepted(WebAnswers.Text(answer.Body, "id"));
        }
        // The operator's token, not the person's channel, is what a 401 to the bot speaks of.
        return way.Bot is not null && answer.Status == 401 ? SendResult.Operators("Discord does not know this server's bot (401).") : WebAnswers.ByStatus(answer, "Discord");
    }

    /// <summary>Closes the place when its last turn was taken, and whatever a refusal names for as long as it says.</summary>
    HttpAnswer Obey(HttpAnswer answer, string place)
    {
        if (answer.Status == 429)
        {
            var seconds = WebAnswers.Number(answer.Body, "retry_after") ?? WebAnswers.RetryAfter(answer, clock)?.TotalSeconds ?? 5;
            var isGlobal = answer.Header("X-RateLimit-Global") == "true" || answer.Header("X-RateLimit-Scope") == "global" || WebAnswers.Field(answer.Body, "global") is { ValueKind: System.Text.Json.JsonValueKind.True };
            pace.Close(isGlobal ? Everything : place, WebAnswers.Bounded(TimeSpan.FromSeconds(seconds)));
        }
        else if (answer.Header("X-RateLimit-Remaining") == "0" && WebAnswers.Number(answer.Header("X-RateLimit-Reset-After")) is { } left)
        {
            pace.Close(place, WebAnswers.Bounded(TimeSpan.FromSeconds(left)));
        }
        return answer;
    }

    JsonObject Message(Parcel parcel) => new()
    {
        ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        ["embeds"] = new JsonArray(new JsonObject
        {
            ["title"] = PlainText.Cut(PlainText.Markdown(parcel.Title), LongestTitle),
            ["description"] = PlainText.Cut(PlainText.Markdown(parcel.Body), LongestText),
            ["url"] = parcel.Link is { } link ? addresses.Of(link) : null,
            ["color"] = parcel.Direction switch { Direction.Bullish => Bullish, Direction.Bearish => Bearish, _ => Neutral },
            ["timestamp"] = parcel.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
            ["footer"] = new JsonObject { ["text"] = parcel.MessageId },
        }),
    };

    [GeneratedRegex(@"^https://(?:(?:canary|ptb)\.)?discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/(?<id>[0-9]{5,25})/(?<token>[A-Za-z0-9_-]{20,200})/?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("^[0-9]{15,25}$", RegexOptions.NonBacktracking)]
    private static partial Regex Channel();
}
