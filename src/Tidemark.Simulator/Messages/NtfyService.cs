using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Messages;

/// <summary>ntfy: publishing as JSON and polling what a topic had, with its token, its visitor limit and its errors.</summary>
sealed partial class NtfyService(MessageServerOptions options, MessageSightings sightings, TimeProvider wall)
{
    const int KeptSeconds = 12 * 3_600, LongestMessage = 4_096;
    readonly SlidingLimit visitors = new(options.NtfyBurst, options.NtfyRefill * options.NtfyBurst, wall);
    readonly ConcurrentDictionary<string, ConcurrentQueue<JsonObject>> topics = new(StringComparer.Ordinal);
    long published;

    public static ServiceAnswer TooMany { get; } = Error(429, 42908, "limit reached: too many requests");

    public ServiceAnswer Publish(HttpContext http, byte[] body)
    {
        if (options.NtfyToken is { } token && http.Request.Headers.Authorization.ToString() != $"Bearer {token}")
        {
            return Error(401, 40101, "unauthorized");
        }

        if (!visitors.Take(http.Connection.RemoteIpAddress?.ToString() ?? "").Taken)
        {
            sightings.Refuse("ntfy");
            return TooMany;
        }

        JsonObject? message;
        try
        {
            message = JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null)
        {
            return Error(400, 40024, "invalid request: request body must be valid JSON");
        }

        var topic = (string?)message["topic"] ?? "";
        if (!Topic().IsMatch(topic))
        {
            return Error(400, 40009, "invalid request: topic invalid");
        }

        if (message["priority"] is { } priority && (int)priority is < 1 or > 5)
        {
            return Error(400, 40007, "invalid request: priority invalid");
        }

        var text = (string?)message["message"] ?? "triggered";
        if (text.Length > LongestMessage)
        {
            return Error(413, 41301, "attachments not allowed: message too large");
        }

        var now = wall.GetUtcNow();
        sightings.Take(new("ntfy", topic, (string?)message["sequence_id"], (string?)message["title"] ?? "", text, now) { Body = body });
        var answer = (JsonObject)message.DeepClone();
        answer["id"] = Interlocked.Increment(ref published).ToString("x12", CultureInfo.InvariantCulture);
        answer["time"] = now.ToUnixTimeSeconds();
        answer["expires"] = now.ToUnixTimeSeconds() + KeptSeconds;
        answer["event"] = "message";
        topics.GetOrAdd(topic, static _ => new()).Enqueue(answer);
        return new ServiceAnswer(200, answer.DeepClone());
    }

    /// <summary>What a topic had since a time, a line each, by title where one is asked for.</summary>
    public ServiceAnswer Poll(HttpContext http, byte[] body)
    {
        if (options.NtfyToken is { } token && http.Request.Headers.Authorization.ToString() != $"Bearer {token}")
        {
            return Error(401, 40101, "unauthorized");
        }

        var query = http.Request.Query;
        if (query["poll"] != "1" || !long.TryParse(query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var since))
        {
            return Error(400, 40008, "invalid request: since parameter invalid");
        }

        var title = query["title"].ToString();
        var kept = topics.TryGetValue((string)http.Request.RouteValues["topic"]!, out var messages) ? messages.ToArray() : [];
        return new ServiceAnswer(200)
        {
            Lines = [.. kept.Where(message => (long)message["time"]! >= since && (title.Length == 0 || (string?)message["title"] == title)).Select(message => message.ToJsonString())],
        };
    }

    static ServiceAnswer Error(int status, int code, string text) =>
        new(status, new JsonObject { ["code"] = code, ["http"] = status, ["error"] = text, ["link"] = "https://ntfy.sh/docs/publish/" });

    [GeneratedRegex("^[-_A-Za-z0-9]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Topic();
}
