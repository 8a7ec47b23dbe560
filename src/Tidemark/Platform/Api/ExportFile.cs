using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tidemark.Platform.Api;

/// <summary>A column of an exported file.</summary>
public sealed record ExportColumn<T>(string Name, Func<T, object?> Value);

/// <summary>Writes lists as files to keep: CSV that no spreadsheet takes for formulas, or JSON.</summary>
public static class ExportFile
{
    public static async Task Write<T>(HttpContext http, string name, string? format, IReadOnlyList<T> rows, IReadOnlyList<ExportColumn<T>> columns, CancellationToken stop)
    {
        var isJson = (format?.ToLowerInvariant() ?? "csv") switch
        {
            "csv" => false,
            "json" => true,
            _ => throw new TidemarkException(ErrorCode.ValidationFailed, "format must be csv or json."),
        };
        http.Response.ContentType = isJson ? "application/json; charset=utf-8" : "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"tidemark-{name}.{(isJson ? "json" : "csv")}\"";
        http.Response.Headers.CacheControl = "private, no-store";
        var bytes = isJson ? JsonSerializer.SerializeToUtf8Bytes(rows, ApiJson.Indented) : Encoding.UTF8.GetBytes(Csv(rows, columns));
        await http.Response.Body.WriteAsync(bytes, stop);
    }

    public static string Csv<T>(IReadOnlyList<T> rows, IReadOnlyList<ExportColumn<T>> columns)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(static column => column.Name)).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', columns.Select(column => Field(column.Value(row)))).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>Numbers and times as they are; text that a spreadsheet would calculate gets an apostrophe before it.</summary>
    static string Field(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        string text => Quoted(text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text),
        IFormattable other => Quoted(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(value.ToString() ?? ""),
    };

    static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
