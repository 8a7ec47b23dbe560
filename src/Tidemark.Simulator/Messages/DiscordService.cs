using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Messages;

/// <summary>Discord: executing webhooks and a bot's messages, with the limits of a bucket in every answer and the lengths an embed may have.</summary>
public sealed class DiscordService
{
    const int LongestTitle = 256, LongestDescription = 4_096, LongestContent = 2_000, UnknownWebhook = 10015, UnknownChannel = 10003, InvalidForm = 50035;
    readonly MessageServerOptions options;
    readonly MessageSightings sightings;
    readonly TimeProvider wall;
    readonly SlidingLimit buckets;
    readonly ConcurrentDictionary<string, bool> deleted = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, JsonNode> nonces = new(StringComparer.Ordinal);
    long sent = 1_100_000_000_000_000_000;

    internal DiscordService(MessageServerOptions options, MessageSightings sightings, TimeProvider wall)
    {
        (this.options, this.sightings, this.wall) = (options, sightings, wall);
        buckets = new SlidingLimit(options.DiscordLimit, options.DiscordWindow, wall);
    }

    /// <summary>Deletes a webhook or a channel: from now on it is unknown.</summary>
    public void Delete(string id) => deleted[id] = true;

    internal static ServiceAnswer TooMany(double seconds, bool isGlobal) =>
        new(429, new JsonObject { ["message"] = "You are being rate limited.", ["retry_after"] = seconds, ["global"] = isGlobal })
        {
            Headers = [("Retry-After", Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture)), ("X-RateLimit-Scope", isGlobal ? "global" : "user")],
        };

    internal ServiceAnswer Execute(HttpContext http, byte[] body)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return deleted.ContainsKey(id)
            ? new ServiceAnswer(404, new JsonObject { ["message"] = "Unknown Webhook", ["code"] = UnknownWebhook })
            : Take(id, body, http.Request.Query["wait"] == "true");
    }

    /// <summary>A bot's message into a channel. One with a nonce that was used a moment ago is answered with the first, and not written again.</summary>
    internal ServiceAnswer CreateMessage(HttpContext http, byte[] body)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        var authorization = http.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bot ", StringComparison.Ordinal) || !options.DiscordBots.Contains(authorization["Bot ".Length..]))
        {
            return new ServiceAnswer(401, new JsonObject { ["message"] = "401: Unauthorized", ["code"] = 0 });
        }

        if (deleted.ContainsKey(id))
        {
            return new ServiceAnswer(404, new JsonObject { ["message"] = "Unknown Channel", ["code"] = UnknownChannel });
        }

        var message = Parse(body);
        var nonce = (bool?)message?["enforce_nonce"] == true ? (string?)message["nonce"] : null;
        if (nonce is not null && nonces.TryGetValue($"{id} {nonce}", out var known))
        {
            return new ServiceAnswer(200, known.DeepClone());
        }

        var answer = Take(id, body, tells: true);
        if (nonce is not null && answer is { Status: 200, Body: { } written })
        {
            nonces[$"{id} {nonce}"] = written.DeepClone();
        }

        return answer;
    }

    ServiceAnswer Take(string id, byte[] body, bool tells)
    {
        var (taken, left, reset) = buckets.Take(id);
        IReadOnlyList<(string, string)> limits =
        [
            ("X-RateLimit-Limit", options.DiscordLimit.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Remaining", left.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Reset-After", reset.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
            ("X-RateLimit-Bucket", "stand-in-webhooks"),
        ];
        if (!taken)
        {
            sightings.Refuse("discord");
            var refusal = TooMany(reset.TotalSeconds, isGlobal: false);
            return refusal with { Headers = [.. refusal.Headers, .. limits] };
        }

        if (Read(body) is not { } message)
        {
            return new ServiceAnswer(400, new JsonObject { ["code"] = InvalidForm, ["message"] = "Invalid Form Body" }) { Headers = limits };
        }

        sightings.Take(message with { To = id });
        var answer = tells
            ? new ServiceAnswer(200, new JsonObject { ["id"] = Interlocked.Increment(ref sent).ToString(CultureInfo.InvariantCulture), ["content"] = "" })
            : new ServiceAnswer(204);
        return answer with { Headers = limits };
    }

    /// <summary>The message, or null where Discord would not take its form.</summary>
    ReceivedMessage? Read(byte[] body)
    {
        var message = Parse(body);
        var embed = message?["embeds"]?[0];
        var (title, description, content) = ((string?)embed?["title"] ?? "", (string?)embed?["description"] ?? "", (string?)message?["content"] ?? "");
        var fits = title.Length <= LongestTitle && description.Length <= LongestDescription && content.Length <= LongestContent && title.Length + description.Length + content.Length > 0;
        return fits ? new ReceivedMessage("discord", "", (string?)embed?["footer"]?["text"], title, description + content, wall.GetUtcNow()) { Body = body } : null;
    }

    static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
