using System.Globalization;
using System.Text.Json;

namespace Tidemark.Simulator.Streams;

/// <summary>What a client may say on its socket, and the answers.</summary>
static class ControlMessages
{
    const string Methods = "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";
    const string Combined = "combined";

    public static byte[] Answer(StreamConnection connection, ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref reader);
            return Answer(connection, document.RootElement);
        }
        catch (JsonException broken)
        {
            return Refuse(3, string.Create(CultureInfo.InvariantCulture, $"Invalid JSON: expected value at line {broken.LineNumber + 1} column {broken.BytePositionInLine + 1}"));
        }
        catch (ControlRefusal refusal)
        {
            return Refuse(refusal.Code, refusal.Message, refusal.Id);
        }
    }

    static byte[] Answer(StreamConnection connection, JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("method", out var method))
        {
            throw new ControlRefusal(2, $"Invalid request: missing field `method` at line 1 column {message.GetRawText().Length}");
        }

        var id = IdOf(message);
        switch (method.ValueKind == JsonValueKind.String ? method.GetString() : null)
        {
            case "SUBSCRIBE":
                connection.Subscribe(NamesOf(message));
                return Say(id, static json => json.WriteNullValue());
            case "UNSUBSCRIBE":
                connection.Unsubscribe(NamesOf(message));
                return Say(id, static json => json.WriteNullValue());
            case "LIST_SUBSCRIPTIONS":
                return Say(id, json => JsonSerializer.Serialize(json, connection.Streams));
            case "SET_PROPERTY":
                connection.IsCombined = FlagOf(message, id);
                return Say(id, static json => json.WriteNullValue());
            case "GET_PROPERTY":
                PropertyOf(message, id, parameters: 1);
                return Say(id, json => json.WriteBooleanValue(connection.IsCombined));
            default:
                throw new ControlRefusal(2, $"Invalid request: unknown variant {method.GetRawText().Trim('"')}, expected one of {Methods} at line 1 column {message.GetRawText().Length}");
        }
    }

    static JsonElement IdOf(JsonElement message)
    {
        var isUsable = message.TryGetProperty("id", out var id) && id.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Number => id.TryGetInt64(out _),
            JsonValueKind.String => id.GetString() is { Length: <= 36 } text && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'),
            _ => false,
        };
        return isUsable ? id : throw new ControlRefusal(2, "Invalid request: request ID must be an unsigned integer");
    }

    static List<string> NamesOf(JsonElement message)
    {
        if (!message.TryGetProperty("params", out var names) || names.ValueKind != JsonValueKind.Array)
        {
            throw new ControlRefusal(2, "Invalid request: missing field `params`");
        }

        return names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : throw new ControlRefusal(2, "Invalid request: stream names must be strings");
    }

    static JsonElement PropertyOf(JsonElement message, JsonElement id, int parameters)
    {
        if (!message.TryGetProperty("params", out var values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0 || values[0].ValueKind != JsonValueKind.String)
        {
            throw new ControlRefusal(2, "Invalid request: property name must be a string");
        }

        if (values.GetArrayLength() > parameters)
        {
            throw new ControlRefusal(2, "Invalid request: too many parameters");
        }

        return values[0].GetString() is Combined ? values : throw new ControlRefusal(0, "Unknown property") { Id = id.Clone() };
    }

    static bool FlagOf(JsonElement message, JsonElement id)
    {
        var values = PropertyOf(message, id, parameters: 2);
        return values.GetArrayLength() == 2 && values[1].ValueKind is JsonValueKind.True or JsonValueKind.False
            ? values[1].GetBoolean()
            : throw new ControlRefusal(1, "Invalid value type: expected Boolean");
    }

    static byte[] Say(JsonElement id, Action<Utf8JsonWriter> writeResult) => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("result");
        writeResult(json);
        json.WritePropertyName("id");
        id.WriteTo(json);
        json.WriteEndObject();
    });

    static byte[] Refuse(int code, string message, JsonElement? id = null) => Wording.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("msg", message);
        if (id is { } echoed)
        {
            json.WritePropertyName("id");
            echoed.WriteTo(json);
        }

        json.WriteEndObject();
    });
}

/// <summary>A control message that cannot be obeyed.</summary>
public sealed class ControlRefusal(int code, string message) : Exception(message)
{
    public int Code => code;

    public JsonElement? Id { get; init; }
}
