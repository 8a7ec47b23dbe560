using System.CommandLine;
using System.Text.Json;

namespace Tidemark.Quant;

/// <summary>The verb `quant indicators`: the best-known indicators over a file of candles, written as a table.</summary>
public static class IndicatorsCommand
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What was read and written.</summary>
    public sealed record Summary(int Candles, IReadOnlyList<IndicatorReport.Coverage> Columns, string File);

    public static Command Create()
    {
        var csv = new Option<FileInfo>("--csv") { Description = "Candles: timestamp_ms,open,high,low,close,volume; .csv or .csv.gz.", Required = true };
        var table = new Option<FileInfo>("--out") { Description = "File for the table, a line a candle.", Required = true };
        var json = new Option<bool>("--json") { Description = "Write JSON for a program to read." };
        var command = new Command("indicators", "Compute the best-known indicators over a file of candles.") { csv, table, json };
        command.SetAction(parsed => QuantCommands.Answer(parsed, () =>
        {
            var summary = Run(parsed.GetRequiredValue(csv).FullName, parsed.GetRequiredValue(table).FullName);
            QuantCommands.Write(parsed, parsed.GetValue(json) ? JsonSerializer.Serialize(summary, Json) : Describe(summary));
        }));
        return command;
    }

    public static Summary Run(string csv, string table)
    {
        var candles = CandleFile.Read(csv);
        using var text = new StreamWriter(table);
        return new Summary(candles.Count, IndicatorReport.Write(candles.All(), text), table);
    }

    static string Describe(Summary summary) =>
        $"""
        {summary.Candles:N0} candles
        {string.Join('\n', summary.Columns.Select(column => $"  {column.Column,-16} {column.Defined,8:N0} values"))}
        {summary.File}
        """;
}
