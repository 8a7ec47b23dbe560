using System.CommandLine;

namespace Tidemark.Platform.Cli;

/// <summary>Options that several verbs share.</summary>
static class CommandOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Write JSON for a program to read." };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask for confirmation." };
}
