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

    internal static async Task<int> Migrate(CommandContext context, IServiceProvider services, bool asJson, CancellationToken stop)
    {
        var migrator = services.GetRequiredService<Migrator>();
        var applied = await migrator.Apply(stop, migration =>
        {
            if (!asJson)
            {
                context.Out.WriteLine($"Applying {migration.Number:0000} {migration.Name}");
            }
        });
        var history = await migrator.History(stop);
        if (asJson)
        {
            context.WriteJson(new { applied = applied.Select(migration => new { migration.Number, migration.Name }), version = history[^1].Number });
        }
        else
        {
            context.Out.WriteLine(applied.Count == 0 ? $"The schema is up to date at version {history[^1].Number}." : $"The schema is now at version {history[^1].Number}.");
        }
        return CommandLine.Done;
    }
}
