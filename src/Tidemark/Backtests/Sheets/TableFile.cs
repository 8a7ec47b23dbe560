using Tidemark.Backtests.CustomIndicators;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Sheets;

/// <summary>A list as a file to keep: CSV, JSON or XLSX.</summary>
static class TableFile
{
    public static async Task Send<T>(HttpContext http, string name, string? format, string sheet, IReadOnlyList<T> rows, IReadOnlyList<ExportColumn<T>> columns, CancellationToken stop)
    {
        switch (format?.ToLowerInvariant() ?? "csv")
        {
            case "xlsx":
                await SendWorkbook(http, name, [SheetOf(sheet, rows, columns)], stop);
                return;
            case "csv" or "json":
                await ExportFile.Write(http, name, format, rows, columns, stop);
                return;
            default:
                throw FormulaText.Refused("format", "format must be csv, json or xlsx.");
        }
    }

    public static Sheet SheetOf<T>(string name, IReadOnlyList<T> rows, IReadOnlyList<ExportColumn<T>> columns) =>
        new(name, [.. columns.Select(static column => column.Name)], rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => column.Value(row))]));

    public static async Task SendWorkbook(HttpContext http, string name, IReadOnlyList<Sheet> sheets, CancellationToken stop)
    {
        var bytes = Workbook.Write(sheets);
        http.Response.ContentType = Workbook.MediaType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"tidemark-{name}.xlsx\"";
        http.Response.Headers.CacheControl = "private, no-store";
        await http.Response.Body.WriteAsync(bytes, stop);
    }
}
