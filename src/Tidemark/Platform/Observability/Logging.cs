using Microsoft.Extensions.Logging.Console;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Observability;

/// <summary>One line an event, in the format and from the level the settings name, request id included, secrets never.</summary>
static class Logging
{
    public static void AddTidemarkLogging(this ILoggingBuilder logging, TidemarkSettings settings)
    {
        var level = settings["LOG_LEVEL"]!.ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.Debug,
            "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            _ => LogLevel.Information,
        };
        logging.SetMinimumLevel(level);
        if (level > LogLevel.Debug)
        {
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddFilter("Quartz", LogLevel.Warning);
            logging.AddFilter("Npgsql", LogLevel.Warning);
        }
        // A failed start is told in one sentence by the command line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // What a caller sees as an error is logged once, by the error handling, with its request id.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        // That keys are not wrapped while developing is known and documented; production cannot start without the key that wraps them.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.Services.AddSingleton(new Redaction(settings.SecretValues));
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsoleFormatter<LineLogFormatter, LineLogFormatter.Options>(options => options.Colored = settings["LOG_FORMAT"]!.Equals("colored", StringComparison.OrdinalIgnoreCase));
        logging.AddConsole(console =>
        {
            console.FormatterName = settings["LOG_FORMAT"]!.Equals("json", StringComparison.OrdinalIgnoreCase) ? JsonLogFormatter.FormatterName : LineLogFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.MaxQueueLength = 10_000;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}

/// <summary>Hides the operator's secrets in whatever text is about to leave the program.</summary>
sealed class Redaction(IReadOnlyList<string> secrets)
{
    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }
        return text;
    }
}
