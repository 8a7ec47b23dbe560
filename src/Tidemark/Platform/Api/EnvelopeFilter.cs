using System.Collections;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tidemark.Platform.Api;

/// <summary>Wraps what an endpoint returns in the envelope, with an ETag over its data.</summary>
sealed class EnvelopeFilter(TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (answer is EmptyHttpResult)
        {
            return answer;
        }
        if (answer is IResult)
        {
            throw new InvalidOperationException($"{context.HttpContext.GetEndpoint()?.DisplayName} must return its data, not a result; the envelope is made in one place.");
        }
        await Write(context.HttpContext, answer);
        return Results.Empty;
    }

    async Task Write(HttpContext http, object? answer)
    {
        var page = answer as IPage;
        var data = JsonSerializer.SerializeToUtf8Bytes(page is null ? answer : page.Data, ApiJson.Options);
        if (HttpMethods.IsGet(http.Request.Method) && http.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 12))}\"";
            http.Response.Headers.ETag = tag;
            http.Response.Headers.CacheControl = "private, no-cache";
            if (Matches(http.Request.Headers.IfNoneMatch, tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        var now = clock.GetUtcNow();
        var meta = new Meta(now, RequestIds.Of(http))
        {
            Count = page?.Count ?? (answer as ICollection)?.Count,
            Limit = page?.Limit,
            NextCursor = page?.NextCursor,
        };
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteString("status", "success");
        json.WritePropertyName("data");
        json.WriteRawValue(data, skipInputValidation: true);
        json.WriteNull("error");
        json.WritePropertyName("meta");
        JsonSerializer.Serialize(json, meta, ApiJson.Options);
        json.WriteString("timestamp", now);
        json.WriteEndObject();
    }

    static bool Matches(IEnumerable<string?> given, string tag) =>
        given.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Any(value => value == "*" || value == tag || "W/" + value == tag);
}
