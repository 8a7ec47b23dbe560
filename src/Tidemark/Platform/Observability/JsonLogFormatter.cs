using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Tidemark.Platform.Observability;

/// <summary>One JSON object a line, for machines that gather logs.</summary>
sealed class JsonLogFormatter(Redaction redaction, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-line";

    // Secrets are blotted out before they are escaped; what reads logs is no browser.
    static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("logger", logEntry.Category);
            json.WriteString("message", redaction.Apply(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            if (RequestScope.IdIn(scopeProvider) is { } request)
            {
                json.WriteString("request_id", request);
            }
            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> fields)
            {
                WriteFields(json, fields);
            }
            if (logEntry.Exception is not null)
            {
                json.WriteString("exception", redaction.Apply(logEntry.Exception.ToString()));
            }
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (name != "{OriginalFormat}")
            {
                json.WriteString(name, redaction.Apply(Convert.ToString(value) ?? ""));
            }
        }
        json.WriteEndObject();
    }
}
