using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Messages;

/// <summary>Somebody's own server that takes webhooks: keeps what it got as it came, headers and bytes.</summary>
sealed class WebhookService(MessageSightings sightings, TimeProvider wall)
{
    public ServiceAnswer Receive(HttpContext http, byte[] body)
    {
        JsonNode? message;
        try
        {
            message = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return new ServiceAnswer(400);
        }

        sightings.Take(new("webhook", (string)http.Request.RouteValues["name"]!, http.Request.Headers["Tidemark-Id"], (string?)message?["title"] ?? "", (string?)message?["body"] ?? "", wall.GetUtcNow())
        {
            Headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body,
        });
        return new ServiceAnswer(200, new JsonObject { ["secret-of-the-receiver"] = "not to be repeated" });
    }

    /// <summary>Sends whoever comes elsewhere, as `to` says.</summary>
    public static Task Redirect(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        http.Response.Headers.Location = http.Request.Query["to"].ToString();
        return Task.CompletedTask;
    }
}
