using System.CommandLine;
using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>The verbs under `quant`: computation on files, with no server and no database.</summary>
public static class QuantCommands
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Patterns()
    {
        var csv = new Option<FileInfo>("--csv") { Description = "Candles: timestamp_ms,open,high,low,close,volume; .csv or .csv.gz.", Required = true };
        var timeframe = new Option<string?>("--timeframe") { Description = "Timeframe to look at, as in 15m, 1h, 1d (default: the spacing of the rows)." };
        var source = new Option<string?>("--source-timeframe") { Description = "Timeframe of the rows, where their times do not tell it." };
        var rows = new Option<int?>("--rows") { Description = "Read only the first rows." };
        rows.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number < 1)
            {
                result.AddError("--rows must be at least 1.");
            }
        });
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder for the tables.", Required = true };
        var json = new Option<bool>("--json") { Description = "Write JSON for a program to read." };
        var command = new Command("patterns", "Find Smart Money patterns in a file of candles.") { csv, timeframe, source, rows, folder, json };
        command.SetAction(parsed => Answer(parsed, () =>
        {
            var summary = PatternScan.Run(
                parsed.GetRequiredValue(csv).FullName,
                TimeframeOf(parsed.GetValue(timeframe)),
                TimeframeOf(parsed.GetValue(source)),
                parsed.GetValue(rows),
                parsed.GetRequiredValue(folder).FullName);
            Write(parsed, parsed.GetValue(json) ? JsonSerializer.Serialize(summary, Json) : Describe(summary));
        }));
        return command;
    }

    public static Command Metrics()
    {
        var returns = new Option<FileInfo>("--returns") { Description = "Simple returns: JSON (a list, or named series with settings), or text with one a line.", Required = true };
        var file = new Option<FileInfo>("--out") { Description = "File for the answer, JSON.", Required = true };
        var json = new Option<bool>("--json") { Description = "Write JSON for a program to read." };
        var command = new Command("metrics", "Measure series of returns: Sharpe, drawdown, value at risk and the rest.") { returns, file, json };
        command.SetAction(parsed => Answer(parsed, () =>
        {
            var answers = ReturnsReport.Of(ReturnsFile.Read(parsed.GetRequiredValue(returns).FullName));
            var text = ReturnsReport.ToJson(answers);
            var path = parsed.GetRequiredValue(file).FullName;
            File.WriteAllText(path, text + "\n");
            Write(parsed, parsed.GetValue(json) ? text : $"{string.Join('\n', answers.Select(Describe))}\n{path}");
        }));
        return command;
    }

    static Timeframe? TimeframeOf(string? text) => text is null ? null : Timeframe.Parse(text);

    static string Describe(KeyValuePair<string, ReturnsReport.Answer> series) =>
        $"{series.Key}: {series.Value.Expected.N:N0} returns, Sharpe {Show(series.Value.Expected.SharpeAnnual)}, deepest drawdown {(series.Value.Expected.MaxDrawdown is { } drawdown ? drawdown.ToString("P1") : "undefined")}";

    static string Show(double? figure) => figure is { } value ? value.ToString("0.00") : "undefined";

    static string Describe(PatternScan.Summary summary) =>
        $"""
        {summary.Candles:N0} candles of {summary.Timeframe}
        {string.Join('\n', summary.Found.Select(kind => $"  {kind.Key,-16} {kind.Value,8:N0}"))}
        {summary.Rewritten:N0} of {summary.Facts:N0} facts rewritten by later candles
        {string.Join('\n', summary.Files)}
        """;

    internal static void Write(ParseResult parsed, string text) => parsed.InvocationConfiguration.Output.WriteLine(text);

    // What the file or the request did wrong is said in a line; anything else is ours and flies.
    internal static int Answer(ParseResult parsed, Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or IOException or UnauthorizedAccessException or JsonException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(fault.Message);
            return 1;
        }
    }
}
