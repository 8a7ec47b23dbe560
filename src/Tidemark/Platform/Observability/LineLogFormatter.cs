using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Tidemark.Platform.Observability;

/// <summary>`2026-01-31T12:00:00.000Z INFO  Market  message [request id]`, with or without colour.</summary>
sealed class LineLogFormatter(IOptions<LineLogFormatter.Options> options, Redaction redaction, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public sealed class Options : ConsoleFormatterOptions
    {
        public bool Colored { get; set; }
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (word, color) = logEntry.LogLevel switch
        {
            LogLevel.Trace or LogLevel.Debug => ("DEBUG", "90"),
            LogLevel.Information => ("INFO ", "36"),
            LogLevel.Warning => ("WARN ", "33"),
            _ => ("ERROR", "31"),
        };
        var line = new StringBuilder();
        line.Append(clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ")).Append(' ');
        line.Append(options.Value.Colored ? $"\e[{color}m{word}\e[0m" : word).Append(' ');
        line.Append(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]).Append("  ");
        line.Append(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (RequestScope.IdIn(scopeProvider) is { } request)
        {
            line.Append(" [").Append(request).Append(']');
        }
        // An event stays on one line whatever its text holds, so that a value cannot forge another event.
        line.Replace("\r", "").Replace("\n", "\\n");
        if (logEntry.Exception is not null)
        {
            line.AppendLine().Append("    ").Append(logEntry.Exception.ToString().ReplaceLineEndings(Environment.NewLine + "    "));
        }
        textWriter.WriteLine(redaction.Apply(line.ToString()));
    }
}
