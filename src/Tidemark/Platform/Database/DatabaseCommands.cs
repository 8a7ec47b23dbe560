using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Platform.Cli;

namespace Tidemark.Platform.Database;

/// <summary>`tidemark db`: make, remove, renew and look at the database.</summary>
static class DatabaseCommands
{
    public static Command Build(CommandContext context)
    {
        var command = new Command("db", "The database: create, drop, reset, status, user.")
        {
            Create(context), Drop(context), Reset(context), Status(context),
        };
        foreach (var verb in context.Product.Parts.DatabaseCommands)
        {
            command.Subcommands.Add(verb(context));
        }
        return command;
    }

    static Command Create(CommandContext context)
    {
        var command = new Command("create", "Create the database and its schema where they are missing.");
        command.SetAction((_, stop) => context.WithServices(
            async (services, ending) =>
            {
                var database = services.GetRequiredService<DatabaseServer>();
                context.Out.WriteLine(await database.Create(ending) ? $"Created the database {database.Name}." : $"The database {database.Name} is there.");
                return await MigrateCommand.Migrate(context, services, asJson: false, ending);
            },
            stop,
            migrate: false));
        return command;
    }

    static Command Drop(CommandContext context)
    {
        var yes = CommandOptions.Yes();
        var command = new Command("drop", "Remove the database and everything in it.") { yes };
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var database = services.GetRequiredService<DatabaseServer>();
                Confirm(context, database, parsed.GetValue(yes));
                await database.Drop(ending);
                context.Out.WriteLine($"Removed the database {database.Name}.");
                return CommandLine.Done;
            },
            stop,
            migrate: false));
        return command;
    }

    static Command Reset(CommandContext context)
    {
        var yes = CommandOptions.Yes();
        var command = new Command("reset", "Remove the database and make it anew with the current schema; in development, with the demo accounts.") { yes };
        command.SetAction((parsed, stop) => context.WithServices(
            async (services, ending) =>
            {
                var database = services.GetRequiredService<DatabaseServer>();
                Confirm(context, database, parsed.GetValue(yes));
                await database.Drop(ending);
                await database.Create(ending);
                await MigrateCommand.Migrate(context, services, asJson: false, ending);
                await Server.PrepareModules(services, ending);
                return CommandLine.Done;
            },
            stop,
            migrate: false));
        return command;
    }

    static void Confirm(CommandContext context, DatabaseServer database, bool saidYes)
    {
        if (saidYes && !context.ReadSettings().IsProduction)
        {
            return;
        }
        var question = $"This deletes everything in {database.Description}. Type the database's name ({database.Name}) to go on:";
        var answer = Console.IsInputRedirected ? Console.In.ReadLine() : context.Out.Ask<string>(Markup.Escape(question));
        if (answer != database.Name)
        {
            throw new CommandException($"Nothing was deleted. {question} Outside production, --yes goes on without asking.");
        }
    }

    public sealed record DatabaseStatus(string Server, string Version, string Database, long Bytes, int SchemaVersion, int Pending, IReadOnlyList<TableSize> LargestTables);

    public sealed record TableSize(string Table, long Bytes, long Rows);

    static Command Status(CommandContext context)
    {
        var json = CommandOptions.Json();
        var command = new Command("status", "Show which database is in use, its schema version and its size.") { json };
        command.SetAction((parsed, stop) => context.WithServices((services, ending) => Show(context, services, parsed.GetValue(json), ending), stop, migrate: false));
        return command;
    }

    static async Task<int> Show(CommandContext context, IServiceProvider services, bool asJson, CancellationToken stop)
    {
        var status = await Read(services, stop);
        if (asJson)
        {
            context.WriteJson(status);
            return CommandLine.Done;
        }
        context.Out.WriteLine($"{status.Server}");
        context.Out.WriteLine($"PostgreSQL {status.Version}, database {status.Database}, {Megabytes(status.Bytes)} MB");
        context.Out.WriteLine($"Schema version {status.SchemaVersion}, {(status.Pending == 0 ? "up to date" : $"{status.Pending} migrations to apply (tidemark migrate)")}");
        var table = new Table().Border(TableBorder.Simple).AddColumn("Table").AddColumn(new TableColumn("Rows, about").RightAligned()).AddColumn(new TableColumn("MB").RightAligned());
        foreach (var size in status.LargestTables)
        {
            table.AddRow(new Text(size.Table), new Text(size.Rows.ToString("N0", CultureInfo.InvariantCulture)), new Text(Megabytes(size.Bytes)));
        }
        context.Out.Write(table);
        return CommandLine.Done;
    }

    static async Task<DatabaseStatus> Read(IServiceProvider services, CancellationToken stop)
    {
        var database = services.GetRequiredService<DatabaseServer>();
        var migrator = services.GetRequiredService<Migrator>();
        var history = await migrator.History(stop);
        await using var facts = database.Source.CreateCommand("SELECT current_setting('server_version'), pg_database_size(current_database())");
        await using var fact = await facts.ExecuteReaderAsync(stop);
        await fact.ReadAsync(stop);
        var (version, bytes) = (fact.GetString(0), fact.GetInt64(1));
        await using var sizes = database.Source.CreateCommand(
            """
            SELECT relname, pg_total_relation_size(relid), n_live_tup
            FROM pg_stat_user_tables
            ORDER BY 2 DESC, 1
            LIMIT 10
            """);
        await using var rows = await sizes.ExecuteReaderAsync(stop);
        var tables = new List<TableSize>();
        while (await rows.ReadAsync(stop))
        {
            tables.Add(new(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
        }
        return new DatabaseStatus(database.Description, version, database.Name, bytes, history.Count > 0 ? history[^1].Number : 0, Migration.All.Count(migration => history.All(applied => applied.Number != migration.Number)), tables);
    }

    static string Megabytes(long bytes) => (bytes / 1_048_576.0).ToString("N1", CultureInfo.InvariantCulture);
}
