using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tidemark.Alerts.Engine;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Running;

/// <summary>
/// The program as a process of its own whose clock runs faster than the world's, for tests that kill it: `FastServer BEGAN START SPEED`, real
/// milliseconds since 1970 at which the market's time was START, and how much faster it runs. Settings come from the environment.
/// </summary>
public static class FastServer
{
    public static async Task Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var began = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(arguments[0], CultureInfo.InvariantCulture));
        var speed = double.Parse(arguments[2], CultureInfo.InvariantCulture);
        var time = TimeOf(began, DateTimeOffset.Parse(arguments[1], CultureInfo.InvariantCulture), speed);
        var settings = TidemarkSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build(), SettingsSource.FindHome());
        await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
        await using var app = Server.Build(global::Program.Everything(), settings, database, "http://127.0.0.1:0", services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            // The database's clock does not run faster: a lease is to end soon after its holder was killed. Looks are to be as rare as they are.
            services.AddSingleton(new EngineRules { Lease = TimeSpan.FromSeconds(1.5), Beat = TimeSpan.FromSeconds(speed / 4) });
        });
        await Server.Prepare(app, CancellationToken.None);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"  Open {Server.Addresses(app)[0]}");
        await app.WaitForShutdownAsync();
    }

    /// <summary>The same time in every process that is told the same.</summary>
    public static FastTime TimeOf(DateTimeOffset began, DateTimeOffset start, double speed) => new(start + ((TimeProvider.System.GetUtcNow() - began) * speed), speed);
}
