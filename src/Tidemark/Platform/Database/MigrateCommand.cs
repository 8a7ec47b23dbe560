using System.CommandLine;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Database;

/// <summary>`tidemark migrate`: what a start does to the schema, on its own.</summary>
static class MigrateCommand
{
    public static Command Build(CommandContext context)
    {
        var json = CommandOptions.Json();
        var command = new Command("migrate", "Bring the database to this program's schema.") { json };
        command.SetAction((parsed, stop) => context.WithServices((services, ending) => Migrate(context, services, parsed.GetValue(json), ending), stop, migrate: false));
        return command;
    }

    /// <summary>An older program may run on a newer schema, which only ever grows until no old program is left; it is told.</summary>
    static string Newer(IReadOnlyList<Migrator.Applied> history) =>
        history[^1].Number > Migration.All[^1].Number ? $" It is newer than this program, which knows version {Migration.All[^1].Number}." : "";

    internal static async Task<int> Migrate(CommandContext context, IServiceProvider services, bool asJson, CancellationToken stop)
    {
        var migrator = services.GetRequiredService<Migrator>();
        void Say(string line)
        {
            if (!asJson)
            {
                context.Out.WriteLine(line);
            }
        }
        var applied = await migrator.Apply(
            stop,
            migration => Say($"Applying {migration.Number:0000} {migration.Name}"),
            () => Say("Waiting for another node to finish its migrations..."));
        var history = await migrator.History(stop);
        if (asJson)
        {
            context.WriteJson(new { applied = applied.Select(migration => new { migration.Number, migration.Name }), version = history[^1].Number });
        }
        else
        {
            context.Out.WriteLine(applied.Count == 0 ? $"The schema is up to date at version {history[^1].Number}.{Newer(history)}" : $"The schema is now at version {history[^1].Number}.");
        }
        return CommandLine.Done;
    }
}
