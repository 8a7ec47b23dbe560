namespace Tidemark.Platform.Database;

/// <summary>The database: its schema, its verbs, its line at start.</summary>
public static class DatabaseModule
{
    public static void AddDatabase(this ModuleBuilder module)
    {
        module.Services.AddSingleton(Migration.All);
        module.Services.AddSingleton<Migrator>();
        module.Services.AddHostedService<DatabaseKeeper>();
        module.StartLine("Database", static services => services.GetRequiredService<DatabaseServer>().Description);
        module.Command(MigrateCommand.Build);
        module.Command(DatabaseCommands.Build);
    }
}
