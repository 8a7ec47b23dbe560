using System.Text.Json;
using Spectre.Console;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Cli;

/// <summary>What a verb works with: settings, a database that is open while it works, a console, and JSON for machines.</summary>
public sealed class CommandContext(Product product, TimeProvider clock)
{
    public Product Product => product;
    public TimeProvider Clock => clock;
    public IAnsiConsole Out { get; } = AnsiConsole.Console;

    public TidemarkSettings ReadSettings(IReadOnlyDictionary<string, string?>? overrides = null) =>
        TidemarkSettings.Read(SettingsSource.Build(overrides), SettingsSource.FindHome());

    /// <summary>Runs with the program's services on the database the settings name, private server included.</summary>
    public async Task<int> WithServices(Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken stop, bool migrate = true)
    {
        var settings = ReadSettings(QuietLogs);
        await using var database = await DatabaseServer.Open(settings, clock, stop);
        await using var app = Server.Build(product, settings, database);
        await using var scope = app.Services.CreateAsyncScope();
        if (migrate)
        {
            await scope.ServiceProvider.GetRequiredService<Migrator>().Apply(stop);
        }
        return await work(scope.ServiceProvider, stop);
    }

    /// <summary>Runs with the program's services where no database is needed: what is mapped, what is documented.</summary>
    public async Task<int> WithoutDatabase(Func<WebApplication, CancellationToken, Task<int>> work, CancellationToken stop)
    {
        var settings = ReadSettings(QuietLogs);
        await using var database = DatabaseServer.NotConnected();
        await using var app = Server.Build(product, settings, database);
        return await work(app, stop);
    }

    public void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, ApiJson.Indented));

    static readonly Dictionary<string, string?> QuietLogs = new() { ["LOG_LEVEL"] = "WARNING" };
}
