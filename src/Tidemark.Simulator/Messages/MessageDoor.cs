using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidemark.Simulator.Faults;

namespace Tidemark.Simulator.Messages;

/// <summary>What a service answers to a request.</summary>
sealed record ServiceAnswer(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>In place of a body: JSON objects, one a line.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}

/// <summary>Where requests to any service come in: faults first, then the service itself.</summary>
sealed class MessageDoor(FaultBoard faults, MessageSightings sightings, TimeProvider wall)
{
    public async Task Open(HttpContext http, string service, Func<HttpContext, byte[], ServiceAnswer> answer)
    {
        sightings.Request(service);
        if (faults.Strikes(FaultKind.Slow, service, out var slow, out _))
        {
            await Task.Delay(slow.Delay, wall, http.RequestAborted);
        }

        if (faults.Strikes(FaultKind.Disconnect, service))
        {
            http.Abort();
            return;
        }

        if (faults.Strikes(FaultKind.TooManyRequests, service, out var refusal, out _))
        {
            await Write(http, TooMany(service, refusal.RetryAfter));
            return;
        }

        if (faults.Strikes(FaultKind.ServerError, service, out var error, out _))
        {
            await Write(http, new ServiceAnswer(error.Status));
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var told = answer(http, body.ToArray());
        if (faults.Strikes(FaultKind.AnswerLost, service))
        {
            http.Abort();
            return;
        }

        await Write(http, told);
    }

    /// <summary>Each service asks for patience in its own words.</summary>
    static ServiceAnswer TooMany(string service, int seconds) => service switch
    {
        "telegram" => TelegramService.TooMany(seconds),
        "discord" => DiscordService.TooMany(seconds, isGlobal: true),
        "ntfy" => NtfyService.TooMany with { Headers = [("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] },
        _ => new ServiceAnswer(429, new JsonObject { ["code"] = 20429, ["message"] = "Too Many Requests", ["status"] = 429 }) { Headers = [("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] },
    };

    static async Task Write(HttpContext http, ServiceAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (answer.Body is { } body)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
        }
        else if (answer.Lines.Count > 0)
        {
            http.Response.ContentType = "application/x-ndjson";
            await http.Response.WriteAsync(string.Join('\n', answer.Lines) + '\n', http.RequestAborted);
        }
    }
}
