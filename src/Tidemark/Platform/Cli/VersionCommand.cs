using System.CommandLine;
using System.Runtime.InteropServices;

namespace Tidemark.Platform.Cli;

/// <summary>`tidemark version`.</summary>
static class VersionCommand
{
    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var command = new Command("version", "Show the program's version and what it runs on.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                context.WriteJson(new { version = Product.Version, runtime = RuntimeInformation.FrameworkDescription, system = RuntimeInformation.OSDescription });
            }
            else
            {
                Console.Out.WriteLine($"Tidemark {Product.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
            }
            return CommandLine.Done;
        });
        return command;
    }
}
