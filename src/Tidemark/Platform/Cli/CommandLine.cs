using System.CommandLine;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Cli;

/// <summary>The one executable's verbs. No verb serves.</summary>
public static class CommandLine
{
    /// <summary>Exit codes: 0 done, 1 failed, 2 the command or the settings are wrong, 130 interrupted.</summary>
    public const int Done = 0, Failed = 1, Misused = 2, Interrupted = 130;

    public static async Task<int> Run(string[] args, Product product)
    {
        var context = new CommandContext(product, TimeProvider.System);
        var root = new RootCommand("Tidemark: markets watched, patterns found, signals proven. Without a verb it serves.");
        foreach (var verb in product.Parts.Commands)
        {
            root.Subcommands.Add(verb(context));
        }
        root.Subcommands.Add(VersionCommand.Build(context));
        root.Subcommands.Add(Settings.SettingsCommand.Build(context));
        var serve = ServeCommand.Build(context);
        root.Subcommands.Add(serve);
        foreach (var option in serve.Options)
        {
            root.Options.Add(option);
        }
        root.Action = serve.Action;

        var parsed = root.Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
            return parsed.Errors.Count > 0 ? Misused : code;
        }
        catch (SettingsException fault)
        {
            return Say(fault.Message, Misused);
        }
        catch (Exception fault) when (fault is PostgresException or MigrationException or CommandException)
        {
            return Say(fault.Message, Failed);
        }
        catch (Npgsql.NpgsqlException fault)
        {
            return Say($"The database did not answer: {fault.Message} Check DATABASE_URL or DB_*, or unset them to use the private server.", Failed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TimeoutException or FormatException or InvalidDataException or System.Security.Cryptography.CryptographicException)
        {
            return Say(fault.Message, Failed);
        }
        catch (OperationCanceledException)
        {
            return Say("Interrupted.", Interrupted);
        }
    }

    static int Say(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}

/// <summary>A verb could not do its work; the message is for the person who typed it.</summary>
public sealed class CommandException(string message) : Exception(message);
