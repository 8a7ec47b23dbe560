using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Tidemark.Platform.Api;

/// <summary>What every answer of the API is wrapped in.</summary>
public sealed record Envelope<T>(
    bool Success,
    string Status,
    T Data,
    Fault? Error,
    Meta Meta,
    DateTimeOffset Timestamp);

/// <summary>What every error of the API looks like.</summary>
public sealed record ErrorEnvelope(
    bool Success,
    string Status,
    object? Data,
    Fault Error,
    string Code,
    string Message,
    Meta Meta,
    DateTimeOffset Timestamp);

public sealed record Fault(
    [property: Description("One word of the list of error codes.")] string Code,
    [property: Description("What happened, for a person.")] string Message,
    [property: Description("Facts about it, by name; fields holds the faults of each field.")] IReadOnlyDictionary<string, object?> Details);

public sealed record Meta(
    [property: Description("When the answer was made, UTC.")] DateTimeOffset Timestamp,
    [property: JsonPropertyName("request_id"), Description("Names this request in the log.")] string RequestId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Items in data, when it is a list.")]
    public int? Count { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Most items a page may have, when data is a page.")]
    public int? Limit { get; init; }

    [JsonPropertyName("next_cursor"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Pass as cursor to read the next page; absent on the last.")]
    public string? NextCursor { get; init; }
}
