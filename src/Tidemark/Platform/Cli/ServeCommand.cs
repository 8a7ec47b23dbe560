using System.CommandLine;
using Tidemark.Platform.Database;
using Tidemark.Platform.Observability;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Cli;

/// <summary>`tidemark serve`, which is also what `tidemark` alone does.</summary>
static class ServeCommand
{
    public static Command Build(CommandContext context)
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons (default http://localhost:5000, or PORT)." };
        var command = new Command("serve", "Serve the product (the default).") { urls };
        command.SetAction((parsed, stop) => Serve(context, parsed.GetValue(urls), stop));
        return command;
    }

    static async Task<int> Serve(CommandContext context, string? urls, CancellationToken stop)
    {
        var settings = context.ReadSettings();
        Directory.CreateDirectory(settings.DataFolder);
        using var alone = FileLock.TryTake(Path.Combine(settings.DataFolder, "tidemark.lock"))
            ?? throw new CommandException($"Another Tidemark already serves from {settings.DataFolder}. Stop it, or give this one a data folder of its own with TIDEMARK_DATA.");
        await using var database = await DatabaseServer.Open(settings, context.Clock, stop);
        await using var app = Server.Build(context.Product, settings, database, urls);
        await Server.Prepare(app, stop);
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new CommandException($"Cannot listen on {urls ?? Listening.DefaultUrls(settings)}: {wrong.Message}");
        }
        catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new CommandException($"{urls ?? Listening.DefaultUrls(settings)} is already in use. Choose another address with --urls or PORT.");
        }
        Announce(context, app);
        await UntilTold(app, stop);
        await Drain(app, settings, context.Clock);
        await app.StopAsync(CancellationToken.None);
        return CommandLine.Done;
    }

    static async Task UntilTold(WebApplication app, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onTold = either.Token.Register(told.SetResult);
        await told.Task;
    }

    /// <summary>Goes on serving with readiness off, so that a balancer notices before the port closes.</summary>
    static async Task Drain(WebApplication app, TidemarkSettings settings, TimeProvider clock)
    {
        app.Services.GetRequiredService<Readiness>().TurnOff();
        await Task.Delay(TimeSpan.FromSeconds(settings.Number("DRAIN_SECONDS")), clock);
    }

    static void Announce(CommandContext context, WebApplication app)
    {
        var seconds = Server.SinceProcessStart(context.Clock).TotalSeconds;
        Console.Out.WriteLine($"Tidemark {Product.Version} is ready after {seconds:0.0} s. Ctrl+C stops it.");
        Console.Out.WriteLine($"  Open       {string.Join("  ", Server.Addresses(app))}");
        foreach (var line in context.Product.Parts.StartLines)
        {
            Console.Out.WriteLine($"  {line.Label,-10} {line.Text(app.Services)}");
        }
    }
}
