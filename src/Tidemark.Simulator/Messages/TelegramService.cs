using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Messages;

/// <summary>Telegram's bot API: sendMessage, with its limits, its retry_after, and its eye for entities.</summary>
public sealed partial class TelegramService
{
    const int LongestText = 4_096;
    readonly MessageServerOptions options;
    readonly MessageSightings sightings;
    readonly TimeProvider wall;
    readonly SlidingLimit chats, bots;
    readonly SlidingLimit groups;
    readonly ConcurrentDictionary<string, string> refusing = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> moved = new(StringComparer.Ordinal);
    long sent;

    internal TelegramService(MessageServerOptions options, MessageSightings sightings, TimeProvider wall)
    {
        (this.options, this.sightings, this.wall) = (options, sightings, wall);
        chats = new SlidingLimit(options.TelegramAChat, TimeSpan.FromSeconds(1), wall);
        groups = new SlidingLimit(options.TelegramAGroup, TimeSpan.FromMinutes(1), wall);
        bots = new SlidingLimit(options.TelegramOverall, TimeSpan.FromSeconds(1), wall);
    }

    /// <summary>The person blocks the bot.</summary>
    public void Block(string chat) => refusing[chat] = "Forbidden: bot was blocked by the user";

    /// <summary>A group becomes a supergroup, with another number.</summary>
    public void Move(string chat, string to) => moved[chat] = to;

    internal static ServiceAnswer TooMany(int seconds)
    {
        var answer = Error(429, $"Too Many Requests: retry after {seconds}");
        answer.Body!["parameters"] = new JsonObject { ["retry_after"] = seconds };
        return answer;
    }

    internal ServiceAnswer SendMessage(HttpContext http, byte[] body)
    {
        var path = (string)http.Request.RouteValues["bot"]!;
        var token = path.StartsWith("bot", StringComparison.Ordinal) ? path["bot".Length..] : "";
        if (!options.TelegramTokens.Contains(token))
        {
            return Error(401, "Unauthorized");
        }

        JsonNode? message;
        try
        {
            message = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return Error(400, "Bad Request: can't parse request");
        }

        var (chat, text) = (message?["chat_id"]?.ToString() ?? "", (string?)message?["text"] ?? "");
        if (!chats.Take(token + chat).Taken || !bots.Take(token).Taken || (chat.StartsWith('-') && !groups.Take(token + chat).Taken))
        {
            sightings.Refuse("telegram");
            return TooMany(1);
        }

        if (moved.TryGetValue(chat, out var to))
        {
            var answer = Error(400, "Bad Request: group chat was upgraded to a supergroup chat");
            answer.Body!["parameters"] = new JsonObject { ["migrate_to_chat_id"] = long.Parse(to, CultureInfo.InvariantCulture) };
            return answer;
        }

        return Refusal(chat, text, (string?)message?["parse_mode"]) ?? Take(chat, text, body);
    }

    ServiceAnswer? Refusal(string chat, string text, string? mode) => (chat, text) switch
    {
        ("", _) or ("0", _) => Error(400, "Bad Request: chat not found"),
        _ when refusing.TryGetValue(chat, out var why) => Error(403, why),
        (_, "") => Error(400, "Bad Request: message text is empty"),
        _ when text.Length > LongestText => Error(400, "Bad Request: message is too long"),
        _ when mode == "HTML" && Tag().Replace(text, "").Contains('<', StringComparison.Ordinal) => Error(400, "Bad Request: can't parse entities: Unsupported start tag"),
        _ => null,
    };

    ServiceAnswer Take(string chat, string text, byte[] body)
    {
        var plain = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        sightings.Take(new("telegram", chat, null, plain.Split('\n')[0], plain, wall.GetUtcNow()) { Body = body });
        return new ServiceAnswer(200, new JsonObject
        {
            ["ok"] = true,
            ["result"] = new JsonObject { ["message_id"] = Interlocked.Increment(ref sent), ["date"] = wall.GetUtcNow().ToUnixTimeSeconds(), ["text"] = plain },
        });
    }

    static ServiceAnswer Error(int status, string description) => new(status, new JsonObject { ["ok"] = false, ["error_code"] = status, ["description"] = description });

    [GeneratedRegex("</?(?:b|i|u|s|code|pre|a)(?: href=\"[^\"<>]*\")?>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
