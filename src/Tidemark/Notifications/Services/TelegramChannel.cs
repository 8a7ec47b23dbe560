using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;
using Tidemark.Platform.Web;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Sends by Telegram's bot API: one message a second to a chat, twenty a minute to a group, twenty-five a second over all, where thirty
/// are allowed, and silence for as long as it says. A second is counted from the answer: what was held up on its way must not come
/// closer to the next than Telegram allows.
/// </summary>
sealed partial class TelegramChannel(ProviderHttp provider, Breakers breakers, Pace pace, TidemarkSettings settings, PublicAddresses addresses, TimeProvider clock) : INotificationChannel
{
    const int ASecond = 25, AMinuteToAGroup = 20, LongestTitle = 200, LongestText = 3_000;
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);
    readonly Uri _server = new(settings["TELEGRAM_URL"]!.TrimEnd('/') + "/");

    public ChannelKind Kind => ChannelKind.Telegram;
    public bool IsOffered => true;

    public static bool IsToken(string text) => Token().IsMatch(text);
    public static bool IsChat(string text) => Chat().IsMatch(text);

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        if (parcel.Address.ChatId is not { Length: > 0 } chat || (parcel.Address.Secret ?? settings["TELEGRAM_BOT_TOKEN"]) is not { } token)
        {
            return SendResult.Gone("There is no chat or no bot to write to it.");
        }
        // The number before the colon names the bot; the rest is its secret and stays out of names.
        var bot = $"telegram {token.Split(':')[0]}";
        var place = $"{bot} {chat}";
        if (Turn(bot, place, chat) is { Ticks: > 0 } wait)
        {
            return SendResult.Later(wait, "Telegram's rate limit.");
        }
        // Joined as text: with its colon, the token alone would be read as an address of another kind.
        var target = new Uri($"{_server.AbsoluteUri}bot{token}/sendMessage");
        var result = await breakers.Through(_server.Authority, () => WebAnswers.Ask(
            async () => Obey(await provider.Send(new HttpRequestMessage(HttpMethod.Post, target) { Content = JsonContent.Create(Message(parcel, chat)) }, stop), bot, place),
            answer => Judge(answer, parcel), clock));
        if (result.IsOperators)
        {
            pace.Close(bot, result.Wait);
        }
        return WebAnswers.Rest(result, pace.ClosedFor(bot, place));
    }

    /// <summary>Takes its turn, or answers how long until there is one. Groups and channels have names, or numbers below zero.</summary>
    TimeSpan Turn(string bot, string place, string chat) => chat[0] is '-' or '@'
        ? pace.Take(new(bot, ASecond, Second), new(place, 1, Second), new($"{place} a minute", AMinuteToAGroup, Minute))
        : pace.Take(new(bot, ASecond, Second), new(place, 1, Second));

    HttpAnswer Obey(HttpAnswer answer, string bot, string place)
    {
        pace.Close(place, Second);
        if (answer.Status == 429)
        {
            pace.Refuse(place, bot, WebAnswers.Bounded(TimeSpan.FromSeconds(WebAnswers.Number(answer.Body, "parameters", "retry_after") ?? WebAnswers.RetryAfter(answer, clock)?.TotalSeconds ?? 5)));
        }
        else if (answer.IsSuccess)
        {
            pace.Served(bot);
        }
        return answer;
    }

    static SendResult Judge(HttpAnswer answer, Parcel parcel)
    {
        if (answer.IsSuccess)
        {
            return SendResult.Accepted(WebAnswers.Text(answer.Body, "result", "message_id"));
        }
        if (answer.Status == 400 && WebAnswers.Text(answer.Body, "parameters", "migrate_to_chat_id") is { } moved && IsChat(moved))
        {
            // A group that became a supergroup has another number.
            return SendResult.Moved(parcel.Address with { ChatId = moved });
        }
        // Telegram says 401 or 404 of a token that does not count; that the bot was blocked, with a 403; that the chat is gone, with a 400.
        var said = WebAnswers.Text(answer.Body, "description") ?? "";
        return answer.Status switch
        {
            400 when said.Contains("chat not found", StringComparison.OrdinalIgnoreCase) || said.Contains("user is deactivated", StringComparison.OrdinalIgnoreCase) => SendResult.Gone("Telegram does not know the chat."),
            401 or 404 when parcel.Address.Secret is null => SendResult.Operators($"Telegram does not know this server's bot ({answer.Status})."),
            _ => WebAnswers.ByStatus(answer, "Telegram"),
        };
    }

    JsonObject Message(Parcel parcel, string chat)
    {
        var text = $"<b>{PlainText.Html(PlainText.Cut(parcel.Title, LongestTitle))}</b>\n{PlainText.Html(PlainText.Cut(parcel.Body, LongestText))}";
        if (parcel.Link is { } link)
        {
            text += $"\n<a href=\"{PlainText.Html(addresses.Of(link))}\">Tidemark</a>";
        }
        return new JsonObject { ["chat_id"] = chat, ["text"] = text, ["parse_mode"] = "HTML", ["link_preview_options"] = new JsonObject { ["is_disabled"] = true } };
    }

    [GeneratedRegex("^[0-9]{5,20}:[A-Za-z0-9_-]{20,100}$", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex("^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,40})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Chat();
}
